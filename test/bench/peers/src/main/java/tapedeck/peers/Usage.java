package tapedeck.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** CPU seconds of this process, counted once a fifth of the trades is done: what runs often is compiled by then. */
final class Usage {
  private final long warm;
  private long seen;
  private long from;

  Usage(long trades) {
    warm = trades / 5;
  }

  /** Another trade has been taken. */
  void count() {
    if (++seen == warm) from = cpu();
  }

  long seen() {
    return seen;
  }

  /** One JSON object: trades and nanoseconds of CPU behind the warm-up, updates of bars, resident mebibytes. */
  String report(long updates) throws IOException {
    String status = Files.readString(Path.of("/proc/self/status"));
    long resident = Long.parseLong(status.replaceAll("(?s).*VmHWM:\\s+(\\d+).*", "$1")) / 1024;
    return String.format(Locale.ROOT, "{\"trades\":%d,\"nanoseconds\":%d,\"updates\":%d,\"residentMebibytes\":%d}", seen - warm, cpu() - from, updates, resident);
  }

  /** User and system time of all threads. */
  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }
}
