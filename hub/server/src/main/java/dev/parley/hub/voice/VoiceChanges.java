package dev.parley.hub.voice;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.time.Clock;
import dev.parley.hub.store.DuplicateException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, extends and forgets voices, each as a whole or not at all. Thread-safe; waits for disk and
 * database.
 */
final class VoiceChanges {

  private static final Logger log = LoggerFactory.getLogger(VoiceChanges.class);

  private static final int TRIES_MAX = 5;
  private static final int PROMPT_DIGITS = 24;
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);
  private static final Duration DISK_RETRY = Duration.ofSeconds(5);

  private final Clock clock;
  private final VoiceIds ids;
  private final VoiceAnswers answers;
  private final Consumer<List<Placement>> withdrawn;

  /**
   * @param withdrawn takes the placements that no voice needs any longer
   */
  VoiceChanges(Clock clock, VoiceIds ids, Consumer<List<Placement>> withdrawn) {
    this.clock = clock;
    this.ids = ids;
    this.answers = new VoiceAnswers(clock);
    this.withdrawn = withdrawn;
  }

  /**
   * A voice that is to be made.
   *
   * @param name as it is kept
   * @param key of its request; empty: none
   */
  record Creation(String name, NewVoice voice, String key) {

    private VoiceAnswers.Request request(List<HeardReference> heard) {
      return new VoiceAnswers.Request(
          key,
          HeardReference.digest(
              heard,
              "create",
              name,
              VoiceText.list(voice.languages()),
              VoiceText.map(voice.labels()),
              voice.extraJson()));
    }
  }

  LibraryVoice create(VoiceShelf shelf, Creation creation, List<HeardReference> heard) {
    VoiceAnswers.Request request = creation.request(heard);
    Optional<LibraryVoice> before = answers.before(shelf, request);
    if (before.isPresent()) {
      return before.get();
    }
    NewVoice asked = creation.voice();
    List<StoredReference> references = stored(heard);
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
            answers.keep(rows, request, voice);
            return voice;
          });
    } catch (DuplicateException _) {
      // Somebody else was faster: with the same request, or only with the same name.
      return answers.before(shelf, request).orElseThrow(() -> VoiceRules.taken(voice.name()));
    }
  }

  /** The voice whose name is made of its content; made where there is none. */
  LibraryVoice prompt(VoiceShelf shelf, List<HeardReference> heard) {
    String name = "prompt-" + HeardReference.digest(heard, "prompt").substring(0, PROMPT_DIGITS);
    NewVoice voice =
        new NewVoice(
            name, heard.stream().map(HeardReference::asked).toList(), List.of(), Map.of(), "");
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
   * Recordings for a voice that is there.
   *
   * @param etag the voice must still have it; empty: any
   * @param key of its request; empty: none
   */
  record Addition(String idOrName, String etag, String key) {

    private VoiceAnswers.Request request(List<HeardReference> heard) {
      return new VoiceAnswers.Request(key, HeardReference.digest(heard, "add", idOrName, etag));
    }
  }

  LibraryVoice add(VoiceShelf shelf, Addition addition, List<HeardReference> heard) {
    VoiceAnswers.Request request = addition.request(heard);
    List<StoredReference> more = stored(heard);
    for (int i = 0; i < TRIES_MAX; i++) {
      Optional<LibraryVoice> before = answers.before(shelf, request);
      if (before.isPresent()) {
        return before.get();
      }
      LibraryVoice old = shelf.known(addition.idOrName());
      VoiceRules.change(old, addition.etag(), more.size());
      LibraryVoice voice = extended(old, more);
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
                  answers.keep(rows, request, voice);
                  gone.addAll(rows.withdraw(old.contentKey()));
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

  private List<StoredReference> stored(List<HeardReference> heard) {
    return heard.stream().map(one -> one.stored(ids.reference())).toList();
  }

  private LibraryVoice extended(LibraryVoice old, List<StoredReference> more) {
    return old.with(
        Stream.concat(old.references().stream(), more.stream().map(StoredReference::reference))
            .toList(),
        ids.etag());
  }

  /** Keeps the sound of recordings and then what refers to it; nothing of it where that fails. */
  private static <T> T kept(
      VoiceShelf shelf, List<HeardReference> heard, VoiceShelf.RowWork<T> work)
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
      shelf.recount();
      return result;
    } finally {
      if (!done) {
        shelf.drop(heard.stream().map(HeardReference::sha256).toList());
      }
    }
  }

  private static void keep(VoiceShelf shelf, HeardReference one) {
    try (InputStream bytes = one.asked().sound().stream()) {
      shelf.sounds().put(bytes, one.sha256(), one.found().sizeBytes());
    } catch (IOException e) {
      log.error("a recording cannot be kept", e);
      throw new HubException(new HubError.Overloaded("the disk of this hub fails", DISK_RETRY), e);
    }
  }

  /** Forgets a voice, and its recordings that no other has; gives what it was. */
  LibraryVoice delete(VoiceShelf shelf, String idOrName, String etag) {
    for (int i = 0; i < TRIES_MAX; i++) {
      LibraryVoice voice = shelf.known(idOrName);
      VoiceRules.change(voice, etag, 0);
      List<Placement> gone = new ArrayList<>();
      boolean deleted =
          shelf.changeThere(rows -> {
            gone.clear();
            if (!rows.delete(voice.id(), voice.etag())) {
              return false;
            }
            gone.addAll(rows.withdraw(voice.contentKey()));
            return true;
          });
      if (deleted) {
        shelf.drop(voice.references().stream().map(VoiceReference::sha256).toList());
        shelf.recount();
        withdraw(gone);
        return voice;
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
}
