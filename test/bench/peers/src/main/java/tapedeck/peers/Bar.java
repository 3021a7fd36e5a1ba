package tapedeck.peers;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The accumulator, and its fixed binary form: as JSON it would cost a peer several times more. */
public final class Bar {
  private static final int BYTES = 11 * 8;

  public long openTime, openId, closeTime, closeId, trades;
  public double open, high, low, close, volume, notional;

  Bar add(Trade trade) {
    if (trades == 0) {
      openTime = closeTime = trade.time;
      openId = closeId = trade.id;
      open = high = low = close = trade.price;
    } else {
      if (trade.time < openTime || (trade.time == openTime && trade.id < openId)) {
        openTime = trade.time;
        openId = trade.id;
        open = trade.price;
      }
      if (trade.time > closeTime || (trade.time == closeTime && trade.id > closeId)) {
        closeTime = trade.time;
        closeId = trade.id;
        close = trade.price;
      }
      if (trade.price > high) high = trade.price;
      if (trade.price < low) low = trade.price;
    }
    volume += trade.size;
    notional += trade.price * trade.size;
    trades++;
    return this;
  }

  static final Serde<Bar> SERDE = Serdes.serdeFrom((topic, bar) -> bar == null ? null : bar.encode(), (topic, bytes) -> bytes == null ? null : decode(bytes));

  private byte[] encode() {
    return ByteBuffer.allocate(BYTES).putLong(openTime).putLong(openId).putLong(closeTime).putLong(closeId).putLong(trades)
        .putDouble(open).putDouble(high).putDouble(low).putDouble(close).putDouble(volume).putDouble(notional).array();
  }

  private static Bar decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Bar bar = new Bar();
    bar.openTime = in.getLong();
    bar.openId = in.getLong();
    bar.closeTime = in.getLong();
    bar.closeId = in.getLong();
    bar.trades = in.getLong();
    bar.open = in.getDouble();
    bar.high = in.getDouble();
    bar.low = in.getDouble();
    bar.close = in.getDouble();
    bar.volume = in.getDouble();
    bar.notional = in.getDouble();
    return bar;
  }
}
