import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import "./globals.css";
import { Providers } from "./_live/live.tsx";
import { Shell } from "./_shell/shell.tsx";
import { THEME_SCRIPT } from "./_shell/theme.ts";

const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "block",
  variable: "--font-inter",
});

export const metadata: Metadata = {
  title: { default: "Tapedeck", template: "%s · Tapedeck" },
  description: "Real-time stock-market analytics: records the tape, plays it live and rewinds it.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#111518" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The script sets the theme before the first paint: the server cannot know it.
    <html lang="en" className={inter.variable} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <Providers>
          <Shell>{children}</Shell>
        </Providers>
      </body>
    </html>
  );
}
