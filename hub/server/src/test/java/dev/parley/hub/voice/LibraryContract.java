package dev.parley.hub.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.Recording;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.store.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the library keeps to, whatever its database. */
@Timeout(60)
abstract class LibraryContract {

  @SuppressWarnings("NullAway.Init") // set before each test
  @TempDir
  Path data;

  private final MovableClock clock = new MovableClock();
  private final List<Placement> withdrawn = new CopyOnWriteArrayList<>();
  private final Random random = new Random(1);

  @SuppressWarnings("NullAway.Init") // set before each test
  private VoiceLibrary library;

  /** An empty database. */
  abstract Optional<DatabaseConfig> database();

  @BeforeEach
  void open() {
    Optional<DatabaseConfig> config = database();
    library = opened(config);
    current = config;
  }

  @SuppressWarnings("NullAway.Init") // set before each test
  private Optional<DatabaseConfig> current;

  private VoiceLibrary opened(Optional<DatabaseConfig> config) {
    return VoiceLibrary.open(
        config, data, new HashingExaminer(), clock, random::nextLong, withdrawn::addAll);
  }

  @AfterEach
  void close() throws IOException {
    library.close();
  }

  private void reopen() throws IOException {
    library.close();
    library = opened(current);
  }

  private static NewReference reference(String content) {
    return new NewReference(
        Sound.of(content.getBytes(StandardCharsets.UTF_8), AudioFormat.UNSTATED),
        "said " + content);
  }

  private static NewVoice voice(String name, String... contents) {
    return new NewVoice(
        name,
        Stream.of(contents).map(LibraryContract::reference).toList(),
        List.of("en-GB"),
        Map.of("consent", "yes"),
        "{\"x\":1}");
  }

  final LibraryVoice create(String name, String... contents) {
    return library.create(voice(name, contents), "").join();
  }

  private static HubError refusal(CompletableFuture<?> call) {
    try {
      Object answer = call.join();
      throw new AssertionError("not refused: " + answer);
    } catch (CompletionException e) {
      if (e.getCause() instanceof HubException known) {
        return known.error();
      }
      throw e;
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("voices"))) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.length() == 64)
          .sorted()
          .toList();
    }
  }

  @Test
  void givesBackWhatItWasGivenByIdAndByName() throws Exception {
    LibraryVoice made = create("Anna", "one", "two");
    assertThat(made.id()).matches("voice_[a-z2-7]{26}");
    assertThat(made.references()).hasSize(2);
    assertThat(made.references().getFirst().transcript()).isEqualTo("said one");
    assertThat(made.references().getFirst().sha256())
        .isEqualTo(Sha256.hex("one".getBytes(StandardCharsets.UTF_8)));
    assertThat(library.get(made.id()).join()).isEqualTo(made);
    assertThat(library.get("anna").join()).isEqualTo(made);
    assertThat(library.find("Bert").join()).isEmpty();
    reopen();
    assertThat(library.get("Anna").join()).isEqualTo(made);
    assertThat(library.count()).hasValue(1);
  }

  @Test
  void saysWhichNameIsNearest() {
    create("Anna", "one");
    assertThat(refusal(library.get("Hanna")))
        .isEqualTo(
            new HubError.NotFound(HubError.NotFound.Kind.VOICE, "Hanna", Optional.of("Anna")));
  }

  @Test
  void refusesANameThatIsTaken() throws Exception {
    create("Anna", "one");
    assertThat(refusal(library.create(voice(" ANNA ", "two"), "")))
        .isEqualTo(new HubError.NameTaken("voice", "ANNA"));
    assertThat(files()).hasSize(1);
  }

  @Test
  void refusesNamesThatNobodyCanRead() {
    for (String name :
        List.of("", "  ", "a\u0007b", "x".repeat(101), "voice_" + "a".repeat(26), "a\u202eb")) {
      assertThat(refusal(library.create(voice(name, "one"), "")))
          .isInstanceOfSatisfying(
              HubError.InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("name"));
    }
    assertThat(create("x".repeat(100), "one").name()).hasSize(100);
    assertThat(create("../../etc/passwd", "one").id()).doesNotContain("/");
  }

  @Test
  void storesNothingWhenOneOfManyIsRefused() throws Exception {
    create("Anna", "one");
    assertThat(refusal(library.create(voice("Bert", "two", "?"), "")))
        .isInstanceOfSatisfying(
            HubError.UnsupportedAudio.class, e -> assertThat(e.field()).isEqualTo("references[1]"));
    assertThat(library.find("Bert").join()).isEmpty();
    assertThat(files()).hasSize(1);
  }

  @Test
  void takesOneToTenReferences() {
    assertThat(refusal(library.create(voice("Anna"), "")))
        .isEqualTo(new HubError.InvalidRequest("references", "0 recordings", "1..10"));
    String[] eleven = IntStream.range(0, 11).mapToObj(i -> "r" + i).toArray(String[]::new);
    assertThat(refusal(library.create(voice("Anna", eleven), "")))
        .isEqualTo(new HubError.InvalidRequest("references", "11 recordings", "1..10"));
    LibraryVoice nine = create("Anna", Arrays.copyOf(eleven, 9));
    HubError error =
        refusal(library.add(nine.id(), List.of(reference("a"), reference("b")), "", ""));
    assertThat(error)
        .isInstanceOfSatisfying(
            HubError.InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("references"));
    assertThat(library.add(nine.id(), List.of(reference("a")), "", "").join().references())
        .hasSize(10);
  }

  @Test
  void changesItsEtagWithEachChangeAndHoldsCallersToIt() {
    LibraryVoice first = create("Anna", "one");
    LibraryVoice second = library.add("Anna", List.of(reference("two")), first.etag(), "").join();
    assertThat(second.etag()).isNotEqualTo(first.etag());
    assertThat(second.references()).hasSize(2);
    assertThat(refusal(library.add("Anna", List.of(reference("three")), first.etag(), "")))
        .isEqualTo(new HubError.EtagMismatch("voice", first.id()));
    assertThat(refusal(library.delete("Anna", first.etag())))
        .isEqualTo(new HubError.EtagMismatch("voice", first.id()));
    assertThat(library.delete("Anna", second.etag()).join()).isEqualTo(second);
    assertThat(library.find(first.id()).join()).isEmpty();
  }

  @Test
  void deletesOnlySoundThatNoOtherVoiceHas() throws Exception {
    LibraryVoice anna = create("Anna", "shared", "own");
    create("Bert", "shared");
    assertThat(files()).hasSize(2);
    library.delete(anna.id(), "").join();
    assertThat(files()).containsExactly(Sha256.hex("shared".getBytes(StandardCharsets.UTF_8)));
    library.delete("Bert", "").join();
    assertThat(files()).isEmpty();
    assertThat(library.count()).hasValue(0);
    assertThat(create("Anna", "own").id()).isNotEqualTo(anna.id());
  }

  @Test
  void answersTheSameRequestWithTheSameKeyTheSame() {
    LibraryVoice made = library.create(voice("Anna", "one"), "key-1").join();
    assertThat(library.create(voice("Anna", "one"), "key-1").join()).isEqualTo(made);
    LibraryVoice added =
        library.add("Anna", List.of(reference("two")), made.etag(), "key-2").join();
    assertThat(library.add("Anna", List.of(reference("two")), made.etag(), "key-2").join())
        .isEqualTo(added);
    assertThat(library.create(voice("Anna", "one"), "key-1").join()).isEqualTo(made);
    assertThat(refusal(library.create(voice("Bert", "one"), "key-1")))
        .isInstanceOfSatisfying(
            HubError.InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("idempotency-key"));
    clock.advance(Duration.ofHours(25));
    assertThat(library.create(voice("Bert", "one"), "key-1").join().name()).isEqualTo("Bert");
  }

  @Test
  void manyAtOnceWithTheSameKeyMakeOneVoice() throws Exception {
    List<CompletableFuture<LibraryVoice>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(library.create(voice("Anna", "one"), "key"));
    }
    assertThat(calls.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(library.names().join()).containsExactly("Anna");
    assertThat(files()).hasSize(1);
  }

  @Test
  void manyAtOnceWithTheSameNameMakeOneVoice() {
    List<CompletableFuture<LibraryVoice>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(library.create(voice("Anna", "one " + i), ""));
    }
    long made =
        calls.stream()
            .map(call -> call.handle((voice, failure) -> failure == null).join())
            .filter(won -> won)
            .count();
    assertThat(made).isEqualTo(1);
  }

  @Test
  void addsFromManyAtOnceWithoutLosingAny() {
    LibraryVoice made = create("Anna", "zero");
    List<CompletableFuture<LibraryVoice>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(library.add(made.id(), List.of(reference("more " + i)), "", ""));
    }
    calls.forEach(CompletableFuture::join);
    assertThat(library.get("Anna").join().references().stream().map(VoiceReference::transcript))
        .hasSize(5)
        .contains("said more 0", "said more 1", "said more 2", "said more 3");
  }

  @Test
  void listsInPagesAndByLanguage() {
    for (int i = 0; i < 7; i++) {
      create("voice " + i, "r" + i);
    }
    List<LibraryVoice> all = new ArrayList<>();
    String after = "";
    for (boolean more = true; more; after = all.getLast().id()) {
      VoicePage page = library.list(new VoiceQuery("EN", 3, after)).join();
      assertThat(page.voices()).hasSizeLessThanOrEqualTo(3);
      all.addAll(page.voices());
      more = page.more();
    }
    assertThat(all).hasSize(7);
    assertThat(all.stream().map(LibraryVoice::id)).isSorted();
    assertThat(library.list(new VoiceQuery("de", 3, "")).join().voices()).isEmpty();
    assertThat(library.list(new VoiceQuery("en-G", 3, "")).join().voices()).isEmpty();
  }

  @Test
  void readsRecordingsBackInTheirOrderWithTheirTranscripts() {
    LibraryVoice made = create("Anna", "one", "two");
    List<Recording> recordings = library.recordings(made).join();
    assertThat(recordings.stream().map(Recording::transcript))
        .containsExactly("said one", "said two");
    assertThat(recordings.getLast().wav()).asString(StandardCharsets.UTF_8).isEqualTo("two");
    library.delete("Anna", "").join();
    assertThat(refusal(library.recordings(made))).isInstanceOf(HubError.NotFound.class);
  }

  @Test
  void remembersWhatHeaderlessSoundWasDeclaredToBe() throws Exception {
    AudioFormat pcm = AudioFormat.of(AudioEncoding.PCM_S16LE, 22_050, 1);
    NewReference raw = new NewReference(Sound.of(new byte[] {1, 2, 3, 4}, pcm), "");
    library.create(new NewVoice("Raw", List.of(raw), List.of(), Map.of(), ""), "").join();
    reopen();
    List<AudioFormat> heard = new CopyOnWriteArrayList<>();
    try (VoiceLibrary other =
        VoiceLibrary.open(
            current,
            data,
            (sound, field) -> {
              heard.add(sound.declared());
              return new HashingExaminer().examine(sound, field);
            },
            clock,
            random::nextLong,
            _ -> {})) {
      var _ = other.recordings(other.get("Raw").join()).join();
      var _ = other.recordings(other.get("Raw").join()).join();
    }
    assertThat(heard).containsExactly(pcm);
  }

  @Test
  void tellsWhichPlacementsNobodyNeedsAnyLonger() {
    LibraryVoice anna = create("Anna", "one");
    LibraryVoice twin = create("Twin", "one");
    String key = anna.contentKey();
    assertThat(twin.contentKey()).isEqualTo(key);
    library.place(new Placement(key, "omni", "old name")).join();
    library.place(new Placement(key, "omni", "name")).join();
    library.place(new Placement(key, "chatter", "other")).join();
    assertThat(library.placed(key, "omni").join()).contains("name");
    library.delete("Anna", "").join();
    assertThat(withdrawn).isEmpty();
    library.displaced(key, "chatter").join();
    library.add("Twin", List.of(reference("two")), "", "").join();
    assertThat(withdrawn).containsExactly(new Placement(key, "omni", "name"));
    assertThat(library.placed(key, "omni").join()).isEmpty();
  }

  @Test
  void theSamePromptIsOneVoice() {
    LibraryVoice first = library.prompt(reference("one")).join();
    assertThat(library.prompt(reference("one")).join()).isEqualTo(first);
    NewReference otherText =
        new NewReference(
            Sound.of("one".getBytes(StandardCharsets.UTF_8), AudioFormat.UNSTATED), "else");
    assertThat(library.prompt(otherText).join().id()).isNotEqualTo(first.id());
  }

  @Test
  void sweepsAwayWhatNobodyRefersTo() throws Exception {
    create("Anna", "one");
    Path folder = data.resolve("voices/audio/aa");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("aa" + "0".repeat(62)), "left by a crash");
    reopen();
    assertThat(library.names().join()).containsExactly("Anna");
    assertThat(files()).containsExactly(Sha256.hex("one".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesLabelsAndLanguagesThatMeanNothing() {
    NewReference one = reference("one");
    assertThat(
            refusal(
                library.create(new NewVoice("A", List.of(one), List.of("e n"), Map.of(), ""), "")))
        .isInstanceOf(HubError.InvalidRequest.class);
    assertThat(
            refusal(
                library.create(
                    new NewVoice("A", List.of(one), List.of(), Map.of("", "x"), ""), "")))
        .isInstanceOf(HubError.InvalidRequest.class);
    assertThat(
            refusal(
                library.create(new NewVoice("A", List.of(one), List.of(), Map.of(), "[1]"), "")))
        .isInstanceOf(HubError.InvalidRequest.class);
    assertThatThrownBy(() -> library.create(voice("A", "one"), "a\nb").join())
        .hasMessageContaining("idempotency-key");
  }
}
