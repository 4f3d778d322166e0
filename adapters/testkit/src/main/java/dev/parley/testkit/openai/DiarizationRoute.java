package dev.parley.testkit.openai;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Dialogue;
import dev.parley.testkit.content.Wave;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a fake of speaches tells speakers apart: it hears a {@link Dialogue}, and knows voices. */
final class DiarizationRoute {

  private static final String DATA_URL = "data:audio/wav;base64,";

  private DiarizationRoute() {}

  static Answer answer(RecordedRequest request) {
    var form =
        Form.in(request).orElseThrow(() -> Refusal.invalid("a multipart form is expected", "body"));
    var file =
        form.file("file")
            .map(Form.Part::bytes)
            .filter(bytes -> bytes.length > Wave.HEADER_BYTES && bytes[0] == 'R')
            .orElseThrow(
                () -> new Refusal(Trouble.INVALID, 415, "Failed to decode audio.", "file"));
    var names = known(form);
    var rate = Wave.sampleRateHz(file);
    var sound = Wave.samples(Wave.data(file));
    var body = Json.object().put("duration", sound.length / (double) rate);
    var segments = body.putArray("segments");
    for (var turn : Dialogue.heard(sound, rate)) {
      var label = "SPEAKER_%02d".formatted(turn.speaker());
      segments
          .addObject()
          .put("start", turn.start())
          .put("end", turn.end())
          .put("speaker", names.getOrDefault(turn.speaker(), label));
    }
    return Answer.json(200, body);
  }

  private static Map<Integer, String> known(Form form) {
    var names = form.texts("known_speaker_names[]");
    var references = form.texts("known_speaker_references[]");
    if (names.size() != references.size()) {
      throw new Refusal(Trouble.INVALID, 422, "as many names as references, please", null);
    }
    var known = new LinkedHashMap<Integer, String>();
    for (var i = 0; i < names.size(); i++) {
      var url = references.get(i);
      if (!url.startsWith(DATA_URL)) {
        throw new Refusal(Trouble.INVALID, 422, "references are data URLs", null);
      }
      var wav = Base64.getDecoder().decode(url.substring(DATA_URL.length()));
      known.put(Dialogue.speaker(wav), names.get(i));
    }
    return known;
  }
}
