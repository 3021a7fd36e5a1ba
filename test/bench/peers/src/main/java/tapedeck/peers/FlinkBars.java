package tapedeck.peers;

import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * `FlinkBars file trades`: five keyed window operators as its documentation shows them, state on the heap, a checkpoint every two seconds,
 * one task slot, object reuse. It reads a file, so it is spared the client of the log.
 */
public final class FlinkBars {
  private static final int CHECKPOINT = 2000;
  private static final LongAdder updates = new LongAdder();
  private static Usage usage;

  public static void main(String[] arguments) throws Exception {
    String file = arguments[0];
    usage = new Usage(Long.parseLong(arguments[1]));
    Path folder = Files.createTempDirectory("peers");
    Configuration settings = new Configuration();
    settings.setString("state.backend.type", "hashmap");
    settings.setString("taskmanager.memory.managed.size", "16m");
    settings.setString("io.tmp.dirs", folder.toString());
    settings.setString("execution.checkpointing.dir", folder.toUri().toString());
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    environment.getConfig().enableObjectReuse();
    environment.enableCheckpointing(CHECKPOINT);
    SingleOutputStreamOperator<Trade> trades = environment.addSource(new Lines(file)).returns(byte[].class)
        .map(Trade::parse).returns(Types.POJO(Trade.class))
        .assignTimestampsAndWatermarks(WatermarkStrategy.<Trade>forMonotonousTimestamps().withTimestampAssigner((trade, before) -> trade.milliseconds()));
    for (Trade.Interval interval : Trade.INTERVALS) {
      trades.keyBy(trade -> trade.symbol, Types.STRING)
          .window(TumblingEventTimeWindows.of(Duration.ofMillis(interval.length())))
          .allowedLateness(Duration.ofMillis(interval.lateness()))
          .aggregate(new Aggregate(), new Emit(), Types.POJO(Bar.class), Types.POJO(Bar.class), Types.POJO(Bar.class))
          .sinkTo(new DiscardingSink<>());
    }
    environment.execute("bars");
    System.out.println(usage.report(updates.sum()));
    System.exit(0);
  }

  /** The lines of a file, as fast as they are taken. */
  public static final class Lines implements SourceFunction<byte[]> {
    private final String file;
    private volatile boolean isRunning = true;

    Lines(String file) {
      this.file = file;
    }

    @Override
    public void run(SourceContext<byte[]> context) throws Exception {
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = new FileInputStream(file)) {
        for (int kept = 0, read; isRunning && (read = in.read(buffer, kept, buffer.length - kept)) > 0; ) {
          int end = kept + read, start = 0;
          for (int at = kept; at < end; at++) {
            if (buffer[at] != '\n') continue;
            context.collect(Arrays.copyOfRange(buffer, start, at));
            usage.count();
            start = at + 1;
          }
          kept = end - start;
          System.arraycopy(buffer, start, buffer, 0, kept);
        }
      }
    }

    @Override
    public void cancel() {
      isRunning = false;
    }
  }

  public static final class Aggregate implements AggregateFunction<Trade, Bar, Bar> {
    @Override
    public Bar createAccumulator() {
      return new Bar();
    }

    @Override
    public Bar add(Trade trade, Bar bar) {
      return bar.add(trade);
    }

    @Override
    public Bar getResult(Bar bar) {
      return bar;
    }

    @Override
    public Bar merge(Bar one, Bar other) {
      throw new UnsupportedOperationException("tumbling windows are never merged");
    }
  }

  /** A window fires when the watermark passes it, and again for each late trade. */
  static final class Emit extends ProcessWindowFunction<Bar, Bar, String, TimeWindow> {
    @Override
    public void process(String symbol, Context context, Iterable<Bar> bars, Collector<Bar> out) {
      updates.increment();
      out.collect(bars.iterator().next());
    }
  }
}
