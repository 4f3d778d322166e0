package dev.parley.hub.voice;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * All voices that callers can name: those that were made here, and behind them those that models
 * bring. Thread-safe; nothing here waits.
 */
public final class VoiceDirectory {

  private static final int TOKEN_CHARS_MAX = 4_096;
  private static final String MADE_HERE = "v:";
  private static final String BROUGHT = "p:";

  private final VoiceLibrary library;
  private final PresetCatalog presets;

  public VoiceDirectory(VoiceLibrary library, PresetCatalog presets) {
    this.library = library;
    this.presets = presets;
  }

  /**
   * Some voices.
   *
   * @param token asks for the next ones; empty: these were the last
   */
  public record Page(List<VoiceEntry> voices, String token) {
    public Page {
      voices = List.copyOf(voices);
    }
  }

  /** The voices that were made here. */
  public VoiceLibrary library() {
    return library;
  }

  /** The voice of that id or name. */
  public CompletableFuture<VoiceEntry> get(String idOrName) {
    return library
        .find(idOrName)
        .thenCompose(found ->
            found.isPresent()
                ? CompletableFuture.<VoiceEntry>completedFuture(new VoiceEntry.Cloned(found.get()))
                : preset(idOrName));
  }

  private CompletableFuture<VoiceEntry> preset(String name) {
    return presets
        .presets()
        .thenCompose(all -> {
          Optional<PresetCatalog.Preset> preset = named(name, all);
          return preset.isPresent()
              ? CompletableFuture.completedFuture(new VoiceEntry.Bundled(preset.get()))
              : missing(name, all);
        });
  }

  private static Optional<PresetCatalog.Preset> named(
      String name, List<PresetCatalog.Preset> presets) {
    return presets.stream().filter(preset -> preset.name().equals(name)).findFirst();
  }

  private <T> CompletableFuture<T> missing(String name, List<PresetCatalog.Preset> presets) {
    return library
        .names()
        .thenCompose(names ->
            CompletableFuture.failedFuture(
                VoiceRules.missing(
                    name,
                    Stream.concat(names.stream(), presets.stream().map(PresetCatalog.Preset::name))
                        .toList())));
  }

  /** Adds recordings to a voice that was made here; see {@link VoiceLibrary#add}. */
  public CompletableFuture<LibraryVoice> add(
      String idOrName, List<NewReference> references, String etag, String idempotencyKey) {
    return own(idOrName, library.add(idOrName, references, etag, idempotencyKey));
  }

  /** Forgets a voice that was made here; see {@link VoiceLibrary#delete}. */
  public CompletableFuture<LibraryVoice> delete(String idOrName, String etag) {
    return own(idOrName, library.delete(idOrName, etag));
  }

  /** Tells who wants to change a voice of a model that it is none of the library's. */
  private <T> CompletableFuture<T> own(String name, CompletableFuture<T> change) {
    return change.exceptionallyCompose(failure -> {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      boolean unknown =
          cause instanceof HubException known
              && known.error() instanceof HubError.NotFound missing
              && missing.kind() == HubError.NotFound.Kind.VOICE;
      return unknown ? presetsRefuse(name) : CompletableFuture.failedFuture(failure);
    });
  }

  private <T> CompletableFuture<T> presetsRefuse(String name) {
    return presets
        .presets()
        .thenCompose(all -> {
          Optional<PresetCatalog.Preset> preset = named(name, all);
          return preset.isEmpty()
              ? missing(name, all)
              : CompletableFuture.failedFuture(
                  new HubException(
                      new HubError.CapabilityMissing(
                          preset.get().models().stream().findFirst().orElse(name),
                          "its voice '" + name + "' cannot be changed",
                          "only voices that were made here can")));
        });
  }

  /** Voices in pages: those that were made here by their ids, then the others by their names. */
  public CompletableFuture<Page> list(VoiceFilter filter) {
    if (filter.size() < 1 || filter.size() > VoiceQuery.SIZE_MAX) {
      return CompletableFuture.failedFuture(
          VoiceRules.invalid("page_size", "" + filter.size(), "1.." + VoiceQuery.SIZE_MAX));
    }
    String after;
    try {
      after = filter.token().isEmpty() ? MADE_HERE : read(filter.token());
    } catch (HubException e) {
      return CompletableFuture.failedFuture(e);
    }
    boolean madeHere = filter.model().map(VoiceFilter.Model::clones).orElse(true);
    if (after.startsWith(BROUGHT) || !madeHere) {
      String name = after.startsWith(BROUGHT) ? after.substring(BROUGHT.length()) : "";
      return brought(filter, name, List.of());
    }
    VoiceQuery query =
        new VoiceQuery(filter.language(), filter.size(), after.substring(MADE_HERE.length()));
    return library
        .list(query)
        .thenCompose(page -> {
          List<VoiceEntry> found =
              page.voices().stream().<VoiceEntry>map(VoiceEntry.Cloned::new).toList();
          return page.more()
              ? CompletableFuture.completedFuture(
                  new Page(found, token(MADE_HERE + page.voices().getLast().id())))
              : brought(filter, "", found);
        });
  }

  private CompletableFuture<Page> brought(
      VoiceFilter filter, String after, List<VoiceEntry> before) {
    VoiceQuery query = new VoiceQuery(filter.language(), filter.size(), "");
    int room = filter.size() - before.size();
    return presets
        .presets()
        .thenApply(all -> {
          List<PresetCatalog.Preset> rest =
              all.stream()
                  .filter(preset -> preset.name().compareTo(after) > 0)
                  .filter(preset -> query.wants(preset.languages()))
                  .filter(preset -> isOf(preset, filter.model()))
                  .sorted(Comparator.comparing(PresetCatalog.Preset::name))
                  .limit(room + 1L)
                  .toList();
          List<VoiceEntry> voices = new ArrayList<>(before);
          rest.stream().limit(room).map(VoiceEntry.Bundled::new).forEach(voices::add);
          boolean more = rest.size() > room;
          String last = room == 0 || !more ? after : rest.get(room - 1).name();
          return new Page(voices, more ? token(BROUGHT + last) : "");
        });
  }

  private static boolean isOf(PresetCatalog.Preset preset, Optional<VoiceFilter.Model> model) {
    return model.isEmpty() || preset.models().stream().anyMatch(model.get().names()::contains);
  }

  private static String token(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(String token) {
    if (token.length() <= TOKEN_CHARS_MAX) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith(MADE_HERE) || text.startsWith(BROUGHT)) {
          return text;
        }
      } catch (IllegalArgumentException _) {
        // Falls through to the refusal: it is not a token of ours.
      }
    }
    throw VoiceRules.invalid("page_token", "an unknown token", "next_page_token of a page");
  }
}
