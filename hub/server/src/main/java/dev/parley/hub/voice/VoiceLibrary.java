package dev.parley.hub.voice;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import dev.parley.core.speech.Recording;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.VoicesConfig;
import dev.parley.hub.media.Examined;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.store.Sha256;
import dev.parley.hub.voice.store.DuplicateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The voices that were made here, and where backends keep their recordings. Thread-safe; nothing
 * here waits: disk and database are waited for on virtual threads, of which a bounded number works
 * at a time. What a future has confirmed survives a crash, and what failed has left nothing.
 *
 * <p>Voices are named by their ids or by their names, as it pleases callers.
 */
public final class VoiceLibrary implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(VoiceLibrary.class);

  private static final int WORKING_MAX = 8;
  private static final int WAITING_MAX = 1_000;
  private static final long CACHE_BYTES_MAX = 64 << 20;
  private static final int TRIES_MAX = 5;
  private static final Duration ANSWER_KEPT = Duration.ofHours(24);
  private static final Duration OPENING_PAUSE = Duration.ofSeconds(5);
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);
  private static final int PROMPT_DIGITS = 24;
  private static final int NAMES_COMPARED_MAX = 10_000;

  private final VoicesConfig config;
  private final Path data;
  private final Examiner examiner;
  private final Clock clock;
  private final VoiceIds ids;
  private final Consumer<List<Placement>> withdrawn;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Semaphore working = new Semaphore(WORKING_MAX);
  private final RecordingCache cache = new RecordingCache(CACHE_BYTES_MAX);
  private final AtomicInteger count = new AtomicInteger(-1);

  /** Guards the three below. */
  private final ReentrantLock opening = new ReentrantLock();

  private @Nullable VoiceShelf shelf;
  private @Nullable HubException refusal;
  private long refusedNanos;

  private VoiceLibrary(
      VoicesConfig config,
      Path data,
      Examiner examiner,
      Clock clock,
      VoiceIds ids,
      Consumer<List<Placement>> withdrawn) {
    this.config = config;
    this.data = data;
    this.examiner = examiner;
    this.clock = clock;
    this.ids = ids;
    this.withdrawn = withdrawn;
  }

  /**
   * A library below a folder. Nothing is opened yet, which takes up to a second: that happens with
   * {@link #warm} or with the first call.
   *
   * @param data the folder of everything that the hub keeps
   * @param examiner hears recordings before they are taken
   * @param random thread-safe, and not to be guessed: ids are made of it
   * @param withdrawn takes the placements that no voice needs any longer; called on a virtual
   *     thread
   */
  public static VoiceLibrary open(
      VoicesConfig config,
      Path data,
      Examiner examiner,
      Clock clock,
      LongSupplier random,
      Consumer<List<Placement>> withdrawn) {
    return new VoiceLibrary(config, data, examiner, clock, new VoiceIds(random), withdrawn);
  }

  /** Opens what the library keeps, without waiting for it; a failure shows with the next call. */
  public void warm() {
    var _ =
        run(_ -> true)
            .exceptionally(failure -> {
              log.warn("the voice library is not open yet: {}", failure.toString());
              return true;
            });
  }

  /** How many voices there are; empty while nobody has looked. */
  public OptionalInt count() {
    int known = count.get();
    return known < 0 ? OptionalInt.empty() : OptionalInt.of(known);
  }

  /**
   * The key of content: voices with the same recordings in the same order have the same.
   *
   * @param hashes of the recordings as they were given, {@link VoiceReference#sha256}, all of a
   *     voice
   */
  public static String contentKey(List<String> hashes) {
    return Sha256.hex(String.join("\n", hashes).getBytes(StandardCharsets.US_ASCII));
  }

  /** The key of a voice's content. */
  public static String contentKey(LibraryVoice voice) {
    return contentKey(voice.references().stream().map(VoiceReference::sha256).toList());
  }

  /**
   * Makes a voice and keeps it.
   *
   * @param idempotencyKey the same request with the same key gets the same answer for a day; empty:
   *     none
   */
  public CompletableFuture<LibraryVoice> create(NewVoice voice, String idempotencyKey) {
    String name;
    try {
      VoiceRules.idempotencyKey(idempotencyKey);
      name = VoiceRules.name(voice.name());
      VoiceRules.references(voice.references());
      VoiceRules.languages(voice.languages());
      VoiceRules.labels(voice.labels());
      VoiceRules.extraJson(voice.extraJson());
    } catch (HubException e) {
      return CompletableFuture.failedFuture(e);
    }
    Creation creation = new Creation(name, voice, idempotencyKey);
    return (idempotencyKey.isEmpty() ? run(shelf -> refuseTaken(shelf, name)) : done())
        .thenCompose(_ -> examined(voice.references(), 0))
        .thenCompose(heard -> run(shelf -> create(shelf, creation, heard)));
  }

  private record Creation(String name, NewVoice voice, String key) {}

  private static CompletableFuture<Boolean> done() {
    return CompletableFuture.completedFuture(true);
  }

  /** Before anything is heard, as that takes longer. */
  private static boolean refuseTaken(VoiceShelf shelf, String name) {
    if (shelf.read(rows -> rows.isTaken(name))) {
      throw taken(name);
    }
    return true;
  }

  private static HubException taken(String name) {
    return new HubException(new HubError.NameTaken("voice", name));
  }

  private LibraryVoice create(VoiceShelf shelf, Creation creation, List<Heard> heard) {
    NewVoice asked = creation.voice();
    Request request =
        new Request(
            creation.key(),
            digest(
                heard,
                "create",
                creation.name(),
                VoiceText.list(asked.languages()),
                VoiceText.map(asked.labels()),
                asked.extraJson()));
    Optional<LibraryVoice> before = answered(shelf, request);
    if (before.isPresent()) {
      return before.get();
    }
    List<StoredReference> references = references(heard);
    LibraryVoice voice =
        new LibraryVoice(
            ids.voice(),
            creation.name(),
            asked.languages(),
            references.stream().map(StoredReference::reference).toList(),
            Instant.ofEpochMilli(clock.epochMillis()),
            asked.labels(),
            ids.etag(),
            asked.extraJson());
    try {
      return kept(
          shelf,
          heard,
          rows -> {
            rows.insert(voice, references);
            answer(rows, request, voice);
            return voice;
          });
    } catch (DuplicateException _) {
      // Somebody else was faster: with the same request, or only with the same name.
      return answered(shelf, request).orElseThrow(() -> taken(voice.name()));
    }
  }

  /**
   * The voice of one recording and what is said in it: the same one each time, made the first time.
   * Its name is made of its content.
   */
  public CompletableFuture<LibraryVoice> prompt(NewReference reference) {
    List<NewReference> only = List.of(reference);
    try {
      VoiceRules.references(only);
    } catch (HubException e) {
      return CompletableFuture.failedFuture(e);
    }
    return examined(only, 0).thenCompose(heard -> run(shelf -> prompt(shelf, heard)));
  }

  private LibraryVoice prompt(VoiceShelf shelf, List<Heard> heard) {
    String name = "prompt-" + digest(heard, "prompt").substring(0, PROMPT_DIGITS);
    NewVoice voice =
        new NewVoice(name, heard.stream().map(Heard::asked).toList(), List.of(), Map.of(), "");
    for (int i = 0; i < TRIES_MAX; i++) {
      Optional<LibraryVoice> there = shelf.read(rows -> rows.find(name));
      if (there.isPresent()) {
        return there.get();
      }
      try {
        return create(shelf, new Creation(name, voice, ""), heard);
      } catch (HubException e) {
        if (!(e.error() instanceof HubError.NameTaken)) {
          throw e;
        }
      }
    }
    throw busy();
  }

  /**
   * Adds recordings to a voice.
   *
   * @param etag the voice must still have it; empty: any
   * @param idempotencyKey as in {@link #create}
   */
  public CompletableFuture<LibraryVoice> add(
      String idOrName, List<NewReference> references, String etag, String idempotencyKey) {
    try {
      VoiceRules.idempotencyKey(idempotencyKey);
      VoiceRules.references(references);
    } catch (HubException e) {
      return CompletableFuture.failedFuture(e);
    }
    Addition addition = new Addition(idOrName, etag, idempotencyKey);
    return (idempotencyKey.isEmpty()
            ? run(shelf -> allowed(known(shelf, idOrName), etag, references.size()))
            : done())
        .thenCompose(_ -> examined(references, 0))
        .thenCompose(heard -> run(shelf -> add(shelf, addition, heard)));
  }

  private record Addition(String idOrName, String etag, String key) {}

  private static boolean allowed(LibraryVoice voice, String etag, int more) {
    if (!etag.isEmpty() && !etag.equals(voice.etag())) {
      throw new HubException(new HubError.EtagMismatch("voice", voice.id()));
    }
    int there = voice.references().size();
    if (there + more > VoiceRules.REFERENCES_MAX) {
      throw VoiceRules.invalid(
          "references",
          more + " recordings more than the " + there + " that it has",
          "at most " + VoiceRules.REFERENCES_MAX + " together");
    }
    return true;
  }

  private LibraryVoice add(VoiceShelf shelf, Addition addition, List<Heard> heard) {
    Request request =
        new Request(addition.key(), digest(heard, "add", addition.idOrName(), addition.etag()));
    List<StoredReference> more = references(heard);
    for (int i = 0; i < TRIES_MAX; i++) {
      Optional<LibraryVoice> before = answered(shelf, request);
      if (before.isPresent()) {
        return before.get();
      }
      LibraryVoice old = known(shelf, addition.idOrName());
      allowed(old, addition.etag(), more.size());
      List<VoiceReference> all =
          Stream.concat(old.references().stream(), more.stream().map(StoredReference::reference))
              .toList();
      LibraryVoice voice = VoiceRows.with(old, all, ids.etag());
      List<Placement> gone = new ArrayList<>();
      try {
        boolean changed =
            kept(
                shelf,
                heard,
                rows -> {
                  gone.clear();
                  if (!rows.change(voice, old.etag())) {
                    return false;
                  }
                  rows.append(voice.id(), old.references().size(), more);
                  answer(rows, request, voice);
                  gone.addAll(rows.withdraw(contentKey(old)));
                  return true;
                });
        if (changed) {
          withdraw(gone);
          return voice;
        }
      } catch (DuplicateException e) {
        log.debug("another request added recordings with the same key, or was faster", e);
      }
    }
    throw busy();
  }

  /** Keeps the sound of recordings and then what refers to it; nothing of it where that fails. */
  private <T> T kept(VoiceShelf shelf, List<Heard> heard, VoiceShelf.RowWork<T> work)
      throws DuplicateException {
    boolean done = false;
    try {
      T result =
          shelf
              .sounds()
              .<T, DuplicateException>holding(() -> {
                heard.forEach(one -> keep(shelf, one));
                return shelf.change(work);
              });
      done = true;
      count.set(shelf.read(VoiceRows::count));
      return result;
    } finally {
      if (!done) {
        shelf.sounds().drop(heard.stream().map(Heard::sha256).toList(), shelf::isReferred);
      }
    }
  }

  private static void keep(VoiceShelf shelf, Heard one) {
    try (InputStream bytes = one.asked().sound().stream()) {
      shelf.sounds().put(bytes, one.sha256(), one.found().sizeBytes());
    } catch (IOException e) {
      log.error("a recording cannot be kept", e);
      throw new HubException(
          new HubError.Overloaded("the disk of this hub fails", OPENING_PAUSE), e);
    }
  }

  private void answer(VoiceRows rows, Request request, LibraryVoice voice) throws SQLException {
    if (!request.key().isEmpty()) {
      rows.answered(
          request.key(), request.digest(), voice, clock.epochMillis(), oldestAnswerMillis());
    }
  }

  /** What was answered to the same request before. */
  private Optional<LibraryVoice> answered(VoiceShelf shelf, Request request) {
    if (request.key().isEmpty()) {
      return Optional.empty();
    }
    Optional<VoiceRows.Answer> answer =
        shelf.read(rows -> rows.answer(request.key(), oldestAnswerMillis()));
    if (answer.isPresent() && !answer.get().requestSha256().equals(request.digest())) {
      throw VoiceRules.invalid(
          "idempotency-key", "one that another request had", "a new one for each request");
    }
    return answer.map(VoiceRows.Answer::voice);
  }

  private long oldestAnswerMillis() {
    return clock.epochMillis() - ANSWER_KEPT.toMillis();
  }

  private record Request(String key, String digest) {}

  private static String digest(List<Heard> heard, String... parts) {
    List<String> all = new ArrayList<>(List.of(parts));
    for (Heard one : heard) {
      all.add(one.sha256());
      all.add(one.asked().sound().declared().toString());
      all.add(one.asked().transcript());
    }
    return Sha256.hex(VoiceText.list(all).getBytes(StandardCharsets.UTF_8));
  }

  /** A recording that was heard. */
  private record Heard(NewReference asked, Examined found) {
    String sha256() {
      return found.sha256();
    }
  }

  /** One after the other: whoever brings ten takes no more than one place at a time. */
  private CompletableFuture<List<Heard>> examined(List<NewReference> asked, int from) {
    if (from == asked.size()) {
      return CompletableFuture.completedFuture(List.of());
    }
    NewReference one = asked.get(from);
    return examiner
        .examine(one.sound(), "references[" + from + "]")
        .thenCompose(found ->
            examined(asked, from + 1)
                .thenApply(rest ->
                    Stream.concat(Stream.of(new Heard(one, found)), rest.stream()).toList()));
  }

  private List<StoredReference> references(List<Heard> heard) {
    return heard.stream()
        .map(one ->
            new StoredReference(
                new VoiceReference(
                    ids.reference(),
                    one.sha256(),
                    one.found().seconds(),
                    one.found().sampleRateHz(),
                    one.asked().transcript(),
                    one.found().speechSeconds(),
                    one.found().loudnessLufs(),
                    one.found().snrDb(),
                    one.found().clippedRatio()),
                one.asked().sound().declared()))
        .toList();
  }

  /** The voice of that id or name. */
  public CompletableFuture<LibraryVoice> get(String idOrName) {
    return run(shelf -> known(shelf, idOrName));
  }

  /** The voice of that id or name, if there is one. */
  public CompletableFuture<Optional<LibraryVoice>> find(String idOrName) {
    return run(shelf -> shelf.read(rows -> rows.find(idOrName)));
  }

  private static LibraryVoice known(VoiceShelf shelf, String idOrName) {
    return shelf
        .read(rows -> rows.find(idOrName))
        .orElseThrow(() -> missing(idOrName, namesAndIds(shelf)));
  }

  private static List<String> namesAndIds(VoiceShelf shelf) {
    return shelf.read(rows ->
        Stream.concat(rows.names().stream(), rows.ids().stream())
            .limit(NAMES_COMPARED_MAX)
            .toList());
  }

  static HubException missing(String idOrName, Collection<String> known) {
    return new HubException(
        new HubError.NotFound(
            HubError.NotFound.Kind.VOICE,
            VoiceRules.shown(idOrName),
            NearestName.of(idOrName, known)));
  }

  /** Some voices in the order of their ids. */
  public CompletableFuture<VoicePage> list(VoiceQuery query) {
    return run(shelf -> {
      List<LibraryVoice> found = new ArrayList<>();
      String after = query.after();
      while (found.size() <= query.size()) {
        String from = after;
        List<LibraryVoice> next = shelf.read(rows -> rows.page(from, query.size() + 1));
        next.stream().filter(voice -> query.wants(voice.languages())).forEach(found::add);
        if (next.size() <= query.size()) {
          break;
        }
        after = next.getLast().id();
      }
      boolean more = found.size() > query.size();
      return new VoicePage(more ? found.subList(0, query.size()) : found, more);
    });
  }

  /** What the voices are called. */
  public CompletableFuture<Collection<String>> names() {
    return run(shelf -> shelf.read(VoiceRows::names));
  }

  /**
   * Forgets a voice; recordings that no other has are deleted.
   *
   * @param etag the voice must still have it; empty: any
   */
  public CompletableFuture<Void> delete(String idOrName, String etag) {
    return run(
            shelf -> {
              delete(shelf, idOrName, etag);
              return true;
            })
        .thenApply(_ -> null);
  }

  private void delete(VoiceShelf shelf, String idOrName, String etag) {
    for (int i = 0; i < TRIES_MAX; i++) {
      LibraryVoice voice = known(shelf, idOrName);
      allowed(voice, etag, 0);
      List<Placement> gone = new ArrayList<>();
      try {
        boolean deleted =
            shelf.change(rows -> {
              gone.clear();
              if (!rows.delete(voice.id(), voice.etag())) {
                return false;
              }
              gone.addAll(rows.withdraw(contentKey(voice)));
              return true;
            });
        if (deleted) {
          shelf
              .sounds()
              .drop(
                  voice.references().stream().map(VoiceReference::sha256).toList(),
                  shelf::isReferred);
          count.set(shelf.read(VoiceRows::count));
          withdraw(gone);
          return;
        }
      } catch (DuplicateException e) {
        throw new IllegalStateException(e);
      }
    }
    throw busy();
  }

  private void withdraw(List<Placement> gone) {
    if (!gone.isEmpty()) {
      withdrawn.accept(List.copyOf(gone));
    }
  }

  private static HubException busy() {
    return new HubException(
        new HubError.Overloaded("others change the same voice all the time", BUSY_RETRY));
  }

  /** The recordings of a voice, in their order, as backends take them. */
  public CompletableFuture<List<Recording>> recordings(LibraryVoice voice) {
    return run(
            shelf -> {
              List<StoredReference> stored = shelf.read(rows -> rows.references(voice.id()));
              if (stored.isEmpty()) {
                throw missing(voice.name(), List.of());
              }
              return new Wanted(shelf, stored);
            })
        .thenCompose(wanted -> recordings(wanted, 0));
  }

  private record Wanted(VoiceShelf shelf, List<StoredReference> references) {}

  private CompletableFuture<List<Recording>> recordings(Wanted wanted, int from) {
    if (from == wanted.references().size()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return recording(wanted, wanted.references().get(from))
        .thenCompose(one ->
            recordings(wanted, from + 1)
                .thenApply(rest -> Stream.concat(Stream.of(one), rest.stream()).toList()));
  }

  private CompletableFuture<Recording> recording(Wanted wanted, StoredReference stored) {
    VoiceReference reference = stored.reference();
    String key = reference.sha256() + " " + stored.declared();
    Optional<Recording> there = cache.get(key);
    CompletableFuture<Recording> bare =
        there.isPresent()
            ? CompletableFuture.completedFuture(there.get())
            : examiner
                .examine(
                    Sound.file(wanted.shelf().sounds().file(reference.sha256()), stored.declared()),
                    "voice")
                .thenApply(found -> {
                  cache.put(key, found.recording());
                  return found.recording();
                });
    return bare.thenApply(recording -> RecordingDesk.said(recording, reference.transcript()));
  }

  /** What content is called at a backend, if it is there. */
  public CompletableFuture<Optional<String>> placed(String contentKey, String backend) {
    return run(shelf -> shelf.read(rows -> rows.placed(contentKey, backend)));
  }

  /** Notes that a backend has content. */
  public CompletableFuture<Void> place(Placement placement) {
    return noted(rows -> rows.place(placement));
  }

  /** Notes that a backend has lost content. */
  public CompletableFuture<Void> displaced(String contentKey, String backend) {
    return noted(rows -> rows.displaced(contentKey, backend));
  }

  private interface Note {
    void on(VoiceRows rows) throws SQLException;
  }

  private CompletableFuture<Void> noted(Note note) {
    return run(
            shelf -> {
              try {
                return shelf.change(rows -> {
                  note.on(rows);
                  return true;
                });
              } catch (DuplicateException e) {
                throw new IllegalStateException(e);
              }
            })
        .thenApply(_ -> null);
  }

  private interface ShelfWork<T> {
    T on(VoiceShelf shelf);
  }

  private <T> CompletableFuture<T> run(ShelfWork<T> work) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(
          new HubException(
              new HubError.Overloaded(
                  WAITING_MAX + " calls wait for the voice library", BUSY_RETRY)));
    }
    try {
      return CompletableFuture.supplyAsync(() -> inTurn(work), threads);
    } catch (RejectedExecutionException e) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(
          new HubException(new HubError.Overloaded("this hub is stopping", BUSY_RETRY), e));
    }
  }

  private <T> T inTurn(ShelfWork<T> work) {
    working.acquireUninterruptibly();
    try {
      return work.on(opened());
    } finally {
      working.release();
      waiting.decrementAndGet();
    }
  }

  /** Opens it once; after a failure no sooner than some seconds later again. */
  private VoiceShelf opened() {
    opening.lock();
    try {
      VoiceShelf there = shelf;
      if (there != null) {
        return there;
      }
      HubException last = refusal;
      if (last != null && clock.nanoTime() - refusedNanos < OPENING_PAUSE.toNanos()) {
        throw new HubException(last.error(), last);
      }
      VoiceShelf opened = openNow();
      shelf = opened;
      count.set(opened.read(VoiceRows::count));
      return opened;
    } finally {
      opening.unlock();
    }
  }

  private VoiceShelf openNow() {
    try {
      return VoiceShelf.open(config, data);
    } catch (IOException e) {
      log.error("the folder of voices cannot be opened", e);
      throw refused(
          new HubException(
              new HubError.Overloaded("the voice library cannot be opened", OPENING_PAUSE), e));
    } catch (HubException e) {
      throw refused(e);
    }
  }

  private HubException refused(HubException e) {
    refusal = e;
    refusedNanos = clock.nanoTime();
    return e;
  }

  /** Waits for what is under way, then closes what is open. */
  @Override
  public void close() throws IOException {
    threads.close();
    opening.lock();
    try {
      VoiceShelf there = shelf;
      if (there != null) {
        there.close();
      }
    } finally {
      opening.unlock();
    }
  }
}
