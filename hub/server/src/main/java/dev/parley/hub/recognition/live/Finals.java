package dev.parley.hub.recognition.live;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that was final in a stream, for its summary. Belongs to the caller's event loop. */
final class Finals {

  private final List<RecognizedEvent.Stretch> stretches = new ArrayList<>();
  private final Map<String, Double> secondsByLanguage = new LinkedHashMap<>();
  private @Nullable RecognitionUsage usage;

  /** A result that has been told. */
  void add(LiveEvent.Result told) {
    Segment segment = told.segment();
    if (segment.text().isEmpty()) {
      return;
    }
    stretches.add(new RecognizedEvent.Stretch(told.id(), 0, segment));
    secondsByLanguage.merge(segment.language(), segment.end() - segment.start(), Double::sum);
  }

  /** What a clip took, whether its text was final or not. */
  void count(RecognitionUsage more) {
    usage = usage == null ? more : usage.and(more);
  }

  /** All together, for a sound of so many seconds. */
  RecognizedEvent.Written written(double seconds) {
    String language =
        secondsByLanguage.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    return new RecognizedEvent.Written(
        new Transcript(
            stretches.stream().map(s -> s.segment().text()).collect(Collectors.joining(" ")),
            language,
            OptionalDouble.empty(),
            List.of(),
            OptionalDouble.of(seconds),
            stretches.stream().map(RecognizedEvent.Stretch::segment).toList(),
            List.of(),
            usage == null ? RecognitionUsage.UNKNOWN : usage,
            Json.EMPTY_OBJECT),
        stretches);
  }
}
