import type { NextConfig } from "next";

const config: NextConfig = {
  // The default is that of the variable's declaration in lib/config.
  distDir: process.env["TAPEDECK_BUILD"] || ".next",
  reactStrictMode: true,
  poweredByHeader: false,
  // Loaded by Node as they are: they open sockets, read their own files or keep state for the whole process.
  serverExternalPackages: ["kafkajs", "@elastic/elasticsearch", "pino", "ws", "prom-client"],
  // `npm test` checks types, of everything; the build need not do it again on every machine.
  typescript: { ignoreBuildErrors: true },
  // With it Next leaves tsconfig.json alone, also when it builds into another folder.
  experimental: { strictRouteTypes: true },
};

export default config;
