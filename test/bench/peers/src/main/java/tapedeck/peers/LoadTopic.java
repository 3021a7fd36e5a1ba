package tapedeck.peers;

import java.io.BufferedReader;
import java.io.FileReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** `LoadTopic broker topic file`: one record a line, keyed by symbol, in a topic of one partition: stream time is then the same for all. */
public final class LoadTopic {
  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0], topic = arguments[1], file = arguments[2];
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", "-1")))).all().get();
    }
    Map<String, Object> settings = Map.of("bootstrap.servers", broker, "linger.ms", 20, "batch.size", 1 << 18, "acks", "1");
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        var lines = new BufferedReader(new FileReader(file, StandardCharsets.UTF_8), 1 << 20)) {
      for (String line; (line = lines.readLine()) != null; ) {
        byte[] value = line.getBytes(StandardCharsets.UTF_8);
        Trade trade = Trade.parse(value);
        producer.send(new ProducerRecord<>(topic, null, trade.milliseconds(), trade.symbol.getBytes(StandardCharsets.UTF_8), value));
      }
    }
  }
}
