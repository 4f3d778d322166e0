package dev.parley.hub.voice;

import dev.parley.core.error.HubException;
import dev.parley.core.speech.Recording;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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

  private final Examiner examiner;
  private final LazyShelf shelf;
  private final VoiceChanges changes;
  private final VoiceRecordings recordings;

  private VoiceLibrary(Examiner examiner, LazyShelf shelf, VoiceChanges changes) {
    this.examiner = examiner;
    this.shelf = shelf;
    this.changes = changes;
    this.recordings = new VoiceRecordings(shelf, examiner);
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
      Optional<DatabaseConfig> database,
      Path data,
      Examiner examiner,
      Clock clock,
      LongSupplier random,
      Consumer<List<Placement>> withdrawn) {
    return new VoiceLibrary(
        examiner,
        new LazyShelf(database, data, clock),
        new VoiceChanges(clock, new VoiceIds(random), withdrawn));
  }

  /** Opens what the library keeps, without waiting for it; a failure shows with the next call. */
  public void warm() {
    var _ =
        shelf
            .run(_ -> true)
            .exceptionally(failure -> {
              log.warn("the voice library is not open yet: {}", failure.toString());
              return true;
            });
  }

  /** How many voices there are; empty while nobody has looked. */
  public OptionalInt count() {
    return shelf.count();
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
    VoiceChanges.Creation creation = new VoiceChanges.Creation(name, voice, idempotencyKey);
    return unlessRepeatable(idempotencyKey, open -> refuseTaken(open, name))
        .thenCompose(_ -> HeardReference.all(voice.references(), examiner))
        .thenCompose(heard -> shelf.run(open -> changes.create(open, creation, heard)));
  }

  private static void refuseTaken(VoiceShelf open, String name) {
    if (open.read(rows -> rows.isTaken(name))) {
      throw VoiceRules.taken(name);
    }
  }

  /** Before anything is heard, as that takes longer; what may come again may have an answer. */
  private CompletableFuture<Boolean> unlessRepeatable(String key, Consumer<VoiceShelf> check) {
    return key.isEmpty()
        ? shelf.run(open -> {
          check.accept(open);
          return true;
        })
        : CompletableFuture.completedFuture(true);
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
    return HeardReference.all(only, examiner)
        .thenCompose(heard -> shelf.run(open -> changes.prompt(open, heard)));
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
    VoiceChanges.Addition addition = new VoiceChanges.Addition(idOrName, etag, idempotencyKey);
    return unlessRepeatable(
            idempotencyKey,
            open -> VoiceRules.change(open.known(idOrName), etag, references.size()))
        .thenCompose(_ -> HeardReference.all(references, examiner))
        .thenCompose(heard -> shelf.run(open -> changes.add(open, addition, heard)));
  }

  /** The voice of that id or name. */
  public CompletableFuture<LibraryVoice> get(String idOrName) {
    return shelf.run(open -> open.known(idOrName));
  }

  /** The voice of that id or name, if there is one. */
  public CompletableFuture<Optional<LibraryVoice>> find(String idOrName) {
    return shelf.run(open -> open.read(rows -> rows.find(idOrName)));
  }

  /** Some voices in the order of their ids. */
  public CompletableFuture<VoicePage> list(VoiceQuery query) {
    return shelf.run(open -> {
      List<LibraryVoice> found = new ArrayList<>();
      String after = query.after();
      while (found.size() <= query.size()) {
        String from = after;
        List<LibraryVoice> next = open.read(rows -> rows.page(from, query.size() + 1));
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
    return shelf.run(open -> open.read(VoiceRows::names));
  }

  /**
   * Forgets a voice, and tells what it was; recordings that no other has are deleted.
   *
   * @param etag the voice must still have it; empty: any
   */
  public CompletableFuture<LibraryVoice> delete(String idOrName, String etag) {
    return shelf.run(open -> changes.delete(open, idOrName, etag));
  }

  /** The recordings of a voice, in their order, as backends take them. */
  public CompletableFuture<List<Recording>> recordings(LibraryVoice voice) {
    return recordings.of(voice);
  }

  /** What content is called at a backend, if it is there. */
  public CompletableFuture<Optional<String>> placed(String contentKey, String backend) {
    return shelf.run(open -> open.read(rows -> rows.placed(contentKey, backend)));
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
    return shelf
        .run(open ->
            open.changeThere(rows -> {
              note.on(rows);
              return true;
            }))
        .thenApply(_ -> null);
  }

  /** Waits for what is under way, then closes what is open. */
  @Override
  public void close() throws IOException {
    shelf.close();
  }
}
