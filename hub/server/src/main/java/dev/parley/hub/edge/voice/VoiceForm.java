package dev.parley.hub.edge.voice;

import dev.parley.hub.edge.audio.Fields;
import dev.parley.hub.edge.audio.Form;
import dev.parley.hub.media.Sound;
import dev.parley.hub.voice.NewReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a form says of a voice. */
final class VoiceForm {

  private static final Pattern LABEL = Pattern.compile("labels\\[([^\\]]+)\\]");
  private static final List<String> SOUND =
      List.of("input_format", "input_sample_rate", "input_channels");

  private final Form form;
  private final Fields fields;

  VoiceForm(Form form) {
    this.form = form;
    this.fields = form.fields();
  }

  /** Refuses what means nothing here. */
  void refuseOthers(List<String> known) {
    Stream<String> labels = fields.names().stream().filter(name -> LABEL.matcher(name).matches());
    fields.refuseOthers(Stream.of(known.stream(), SOUND.stream(), labels).flatMap(s -> s).toList());
  }

  String name() {
    return fields.text("name").orElse("");
  }

  /**
   * The recordings with what is said in them.
   *
   * @param transcripts the values that may say it, the first of which is given counts
   */
  List<NewReference> references(List<String> transcripts) {
    List<String> said =
        transcripts.stream()
            .map(fields::all)
            .filter(values -> !values.isEmpty())
            .findFirst()
            .orElse(List.of());
    List<Sound> sounds = form.sounds();
    if (said.size() > sounds.size()) {
      throw Fields.invalid(
          transcripts.getFirst(),
          said.size() + " texts for " + sounds.size() + " recordings",
          "at most one for each");
    }
    List<NewReference> references = new ArrayList<>();
    for (int i = 0; i < sounds.size(); i++) {
      references.add(new NewReference(sounds.get(i), i < said.size() ? said.get(i) : ""));
    }
    return references;
  }

  /** Tags, each in a value of its own or several with commas between. */
  List<String> languages() {
    return Stream.concat(fields.all("languages").stream(), fields.all("language").stream())
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .toList();
  }

  /**
   * Labels as {@code labels[NAME]}.
   *
   * @param plain names of values that are labels, too
   */
  Map<String, String> labels(List<String> plain) {
    Map<String, String> labels = new TreeMap<>();
    for (String name : fields.names()) {
      Matcher label = LABEL.matcher(name);
      if (label.matches()) {
        fields.text(name).ifPresent(value -> labels.put(label.group(1), value));
      }
    }
    for (String name : plain) {
      fields.text(name).ifPresent(value -> labels.put(name, value));
    }
    return labels;
  }
}
