package dev.parley.hub.recognition;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.Segment;
import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.hub.recognition.order.RecognitionOrder;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.speakers.SpeakerMerge;
import dev.parley.hub.speakers.SpeakerOrder;
import dev.parley.hub.speakers.Speakers;
import dev.parley.hub.speakers.SpeakersWish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Has the speakers of a recording told apart while somebody else writes down what they say. */
final class SpeakersBeside implements Writing.Turns {

  private final CompletableFuture<Diarization> turns;

  /** Begins at once. */
  SpeakersBeside(
      Speakers speakers,
      RecognitionOrder order,
      SpeakersWish wish,
      ScheduledExecutorService loop,
      Duration patience) {
    RecognitionWish asked = order.wish();
    SpeakerOrder.Asker asker =
        new SpeakerOrder.Asker(
            "", Json.EMPTY_OBJECT, asked.requestId(), asked.headers(), asked.caller());
    this.turns =
        speakers
            .diarize(new SpeakerOrder.Diarize(asker, order.sound(), wish), loop, patience)
            .answer();
  }

  @Override
  public CompletableFuture<List<RecognizedEvent.Stretch>> told(
      List<RecognizedEvent.Stretch> stretches) {
    return turns.thenApply(diarization -> merged(stretches, diarization.turns()));
  }

  /** Each channel by itself: what was said at one time on two of them was said by two. */
  private static List<RecognizedEvent.Stretch> merged(
      List<RecognizedEvent.Stretch> stretches, List<SpeakerTurn> turns) {
    List<RecognizedEvent.Stretch> merged = new ArrayList<>();
    List<Integer> channels =
        stretches.stream().map(RecognizedEvent.Stretch::channel).distinct().toList();
    for (int channel : channels) {
      List<Segment> segments =
          stretches.stream()
              .filter(stretch -> stretch.channel() == channel)
              .map(RecognizedEvent.Stretch::segment)
              .toList();
      for (Segment segment : SpeakerMerge.of(segments, turns)) {
        merged.add(new RecognizedEvent.Stretch(merged.size(), channel, segment));
      }
    }
    merged.sort(Comparator.comparingDouble(stretch -> stretch.segment().start()));
    return merged;
  }

  @Override
  public void cancel() {
    turns.cancel(false);
  }
}
