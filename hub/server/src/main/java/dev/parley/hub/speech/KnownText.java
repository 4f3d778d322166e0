package dev.parley.hub.speech;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.SpeechText;
import dev.parley.hub.speech.text.Cut;
import dev.parley.hub.speech.text.TextCutter;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a text that is known. Cut as they are asked for, a few kilobytes at a time, so that
 * a long text holds up nobody. Belongs to one event loop.
 */
final class KnownText implements Script {

  private static final int SLICE_CHARS = 4_096;

  private final SpeechText text;
  private Cutting cutting = new Cutting(false, Integer.MAX_VALUE, "");

  KnownText(SpeechText text) {
    this.text = text;
  }

  @Override
  public void planned(Cutting how) {
    cutting = how;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Unit> subscriber) {
    Run run = new Run(subscriber);
    subscriber.onSubscribe(run);
  }

  private final class Run implements Flow.Subscription {

    private final Flow.Subscriber<? super Unit> subscriber;
    private final @Nullable TextCutter cutter =
        cutting.cut() ? new TextCutter(cutting.language(), cutting.charactersMax(), true) : null;
    private final ArrayDeque<Cut> cuts = new ArrayDeque<>();
    private int read;
    private boolean cutAll;
    private boolean first = true;
    private int pauseMs;
    private long demand;
    private boolean giving;
    private boolean over;

    Run(Flow.Subscriber<? super Unit> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      if (giving) {
        return;
      }
      giving = true;
      while (demand > 0 && !over) {
        demand--;
        give();
      }
      giving = false;
    }

    private void give() {
      if (cutter == null) {
        if (first) {
          first = false;
          subscriber.onNext(new Unit.Piece(0, text, 0, false, 0));
        } else {
          end();
        }
        return;
      }
      cutMore(cutter);
      Cut cut = cuts.poll();
      if (cut != null) {
        boolean alone = first && cutAll && cuts.isEmpty();
        subscriber.onNext(
            new Unit.Piece(
                0, new SpeechText.Plain(cut.text()), cut.start(), !alone, first ? 0 : pauseMs));
        first = false;
        pauseMs = Pauses.millis(cut.pause());
      } else if (first) {
        over = true;
        subscriber.onError(
            new HubException(
                new HubError.InvalidRequest(
                    "text", "nothing that can be spoken", "words or numbers")));
      } else {
        end();
      }
    }

    /** One piece beyond the one that is given: whether there is a next one has to be known. */
    private void cutMore(TextCutter from) {
      String all = text.text();
      while (cuts.size() < 2 && !cutAll) {
        int to = Math.min(all.length(), read + SLICE_CHARS);
        if (to < all.length() && Character.isHighSurrogate(all.charAt(to - 1))) {
          to++;
        }
        cuts.addAll(from.add(all.substring(read, to)));
        read = to;
        if (read == all.length()) {
          cuts.addAll(from.finish());
          cutAll = true;
        }
      }
    }

    private void end() {
      over = true;
      subscriber.onNext(new Unit.End(0, true));
      subscriber.onComplete();
    }

    @Override
    public void cancel() {
      over = true;
    }
  }
}
