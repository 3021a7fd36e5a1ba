package tapedeck.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;

/**
 * `StreamsBars broker topic trades`: five window aggregations of one grouped stream in memory stores with changelog topics; changed
 * windows go on at each commit, every 250 ms.
 */
public final class StreamsBars {
  private static final int COMMIT = 250;
  private static long updates;

  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0], topic = arguments[1];
    long trades = Long.parseLong(arguments[2]);
    Usage usage = new Usage(trades);
    String application = "peers-" + ProcessHandle.current().pid();
    Path folder = Files.createTempDirectory("peers");
    Properties settings = new Properties();
    settings.putAll(Map.of("application.id", application, "bootstrap.servers", broker, "num.stream.threads", 1, "state.dir", folder.toString(),
        "statestore.cache.max.bytes", 512L << 20, "commit.interval.ms", COMMIT, "linger.ms", 100, "batch.size", 1 << 17));
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    settings.put(StreamsConfig.consumerPrefix("max.poll.records"), 5000);
    settings.put(StreamsConfig.consumerPrefix("max.partition.fetch.bytes"), 4 << 20);
    try (KafkaStreams streams = new KafkaStreams(topology(topic, usage).build(), settings)) {
      streams.start();
      while (usage.seen() < trades) Thread.sleep(20);
      streams.close(Duration.ofSeconds(60)); // its last commit tells of what the cache holds
      System.out.println(usage.report(updates));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin.deleteTopics(admin.listTopics().names().get().stream().filter(name -> name.startsWith(application)).toList()).all().get();
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private static StreamsBuilder topology(String topic, Usage usage) {
    StreamsBuilder builder = new StreamsBuilder();
    Serde<Trade> serde = Serdes.serdeFrom((name, trade) -> null, (name, bytes) -> Trade.parse(bytes));
    KGroupedStream<String, Trade> grouped = builder
        .stream(topic, Consumed.with(Serdes.String(), serde).withTimestampExtractor((record, before) -> ((Trade) record.value()).milliseconds()))
        .peek((symbol, trade) -> usage.count())
        .groupByKey(Grouped.with(Serdes.String(), serde));
    for (Trade.Interval interval : Trade.INTERVALS) {
      Duration length = Duration.ofMillis(interval.length()), lateness = Duration.ofMillis(interval.lateness());
      WindowBytesStoreSupplier store = Stores.inMemoryWindowStore(interval.name(), length.plus(lateness), length, false);
      Materialized<String, Bar, WindowStore<Bytes, byte[]>> materialized =
          Materialized.<String, Bar>as(store).withKeySerde(Serdes.String()).withValueSerde(Bar.SERDE).withLoggingEnabled(Map.of()).withCachingEnabled();
      grouped.windowedBy(TimeWindows.ofSizeAndGrace(length, lateness))
          .aggregate(Bar::new, (symbol, trade, bar) -> bar.add(trade), materialized)
          .toStream()
          .foreach((window, bar) -> updates++);
    }
    return builder;
  }
}
