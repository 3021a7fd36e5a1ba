import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;

/**
 * Writes and reads HyperLogLog sketches with the official library. Arguments: a folder, then numbers of items. For each number n and both
 * kinds of items it writes theirs-KIND-n.bin, made of the items 0 to n − 1; reads ours-KIND-n.bin, which must hold the same; goes on
 * with it to item 2n − 1 and writes that as continued-KIND-n.bin; and prints one line of JSON with the library's estimates.
 */
public final class Vectors {
  private static void update(HllSketch sketch, String kind, long item) {
    if (kind.equals("text")) sketch.update("item " + item + (item % 3 == 0 ? " é" : ""));
    else sketch.update(item * 1_000_003L - 500_000_000L);
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    for (String kind : new String[] {"text", "integer"}) {
      for (int index = 1; index < arguments.length; index++) {
        int count = Integer.parseInt(arguments[index]);
        HllSketch theirs = new HllSketch(12, TgtHllType.HLL_8);
        for (int item = 0; item < count; item++) update(theirs, kind, item);
        Files.write(folder.resolve("theirs-" + kind + "-" + count + ".bin"), theirs.toCompactByteArray());
        Files.write(folder.resolve("updatable-" + kind + "-" + count + ".bin"), theirs.toUpdatableByteArray());

        byte[] bytes = Files.readAllBytes(folder.resolve("ours-" + kind + "-" + count + ".bin"));
        HllSketch ours = HllSketch.heapify(MemorySegment.ofArray(bytes));
        HllUnion both = new HllUnion(12);
        both.update(theirs);
        both.update(ours);
        System.out.printf(
            Locale.ROOT,
            "{\"kind\":\"%s\",\"count\":%d,\"theirs\":%.6f,\"ours\":%.6f,\"union\":%.6f}%n",
            kind, count, theirs.getCompositeEstimate(), ours.getCompositeEstimate(), both.getCompositeEstimate());
        for (int item = count; item < 2 * count; item++) update(ours, kind, item);
        Files.write(folder.resolve("continued-" + kind + "-" + count + ".bin"), ours.toCompactByteArray());
      }
    }
  }
}
