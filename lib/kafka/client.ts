import { readFileSync } from "node:fs";
import net from "node:net";
import tls from "node:tls";
import type { Admin, ISocketFactory, Kafka, KafkaConfig, logCreator, SASLOptions } from "kafkajs";
import { type Config, kafkaBrokers } from "../config/config.ts";
import { TapedeckError } from "../errors.ts";
import type { Log } from "../log.ts";
import { loadKafkajs } from "./guards/load-kafkajs.ts";
import { asTapedeckError } from "./kafka-errors.ts";

const KEEP_ALIVE = 60_000;

/** How kafkajs retries within one call; whoever called goes on after that, with its own patience. */
const CALL_RETRIES = { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 } as const;

/**
 * A consumer rides out an outage of about 45 s inside kafkajs: so it stays the member of the group that it was. As a new member it
 * would have to wait until the brokers give up the old one. Attempts outlive a consumer that was stopped meanwhile, so not for longer.
 */
export const CONSUMER_RETRIES = { initialRetryTime: 100, maxRetryTime: 1000, retries: 45 } as const;

/** What everything in this folder shares. */
export interface KafkaClient {
  readonly kafka: Kafka;
  /** For consumers: with CONSUMER_RETRIES. */
  readonly patient: Kafka;
  readonly log: Log;
  /** Runs a call on one shared admin connection, made at first need, and made anew after a failure. Our errors come out. */
  admin<T>(doing: string, call: (admin: Admin) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** BAD_CONFIGURATION when the CA file or half of the credentials is missing. */
export function createClient(config: Config, log: Log): KafkaClient {
  const kafkajs = loadKafkajs();
  const options = { ...kafkaOptions(config), logCreator: logInto(log) };
  const kafka = new kafkajs.Kafka({ ...options, retry: CALL_RETRIES });
  let current: Promise<Admin> | null = null;
  const connect = async (): Promise<Admin> => {
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  };
  const drop = async (): Promise<void> => {
    const dropped = current;
    current = null;
    await dropped?.then((admin) => admin.disconnect()).catch(() => undefined);
  };
  return {
    kafka,
    patient: new kafkajs.Kafka({ ...options, retry: CONSUMER_RETRIES }),
    log,
    admin: async (doing, call) => {
      try {
        current ??= connect();
        return await call(await current);
      } catch (error) {
        void drop();
        throw asTapedeckError(error, doing);
      }
    },
    close: drop,
  };
}

function kafkaOptions(config: Config): KafkaConfig {
  const ssl = tlsOptions(config);
  const sasl = saslOptions(config);
  return {
    clientId: "tapedeck",
    brokers: kafkaBrokers(config),
    socketFactory,
    connectionTimeout: 3000,
    requestTimeout: 15_000,
    ...(ssl ? { ssl } : {}),
    ...(sasl ? { sasl } : {}),
  };
}

function tlsOptions(config: Config): tls.ConnectionOptions | null {
  if (!config.KAFKA_TLS) return null;
  if (config.KAFKA_CA === undefined) return {};
  try {
    return { ca: [readFileSync(config.KAFKA_CA)] };
  } catch (error) {
    throw new TapedeckError("BAD_CONFIGURATION", `KAFKA_CA=${config.KAFKA_CA} cannot be read`, { cause: error });
  }
}

function saslOptions(config: Config): SASLOptions | null {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = config;
  if (mechanism === undefined) return null;
  if (username === undefined || password === undefined) {
    throw new TapedeckError("BAD_CONFIGURATION", "KAFKA_SASL_MECHANISM needs KAFKA_USERNAME and KAFKA_PASSWORD");
  }
  return { mechanism, username, password };
}

/** As kafkajs does it, but with TCP_NODELAY: a small frame must not wait for the acknowledgement of the one before. */
const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  // kafkajs passes ssl only where it was asked for, whatever its types say.
  const secure = ssl as tls.ConnectionOptions | undefined;
  const socket = secure
    ? tls.connect({ host, port, ...(net.isIP(host) === 0 ? { servername: host } : {}), ...secure }, onConnect)
    : net.connect({ host, port }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE);
  return socket;
};

/** kafkajs calls passing faults errors; what matters is logged by those who decide, so its own lines are for debugging. */
function logInto(log: Log): logCreator {
  return () =>
    ({ namespace, label, log: { message, ...fields } }) =>
      log.debug({ ...fields, namespace, label }, message);
}
