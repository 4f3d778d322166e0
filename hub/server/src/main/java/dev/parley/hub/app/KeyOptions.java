package dev.parley.hub.app;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.model.Scope;
import dev.parley.core.time.Clock;
import dev.parley.hub.access.KeyDraft;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.DurationText;
import dev.parley.hub.config.ExpiryText;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.PriceText;
import dev.parley.hub.config.QuotaConfig;
import dev.parley.hub.config.QuotaUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a new key shall stand for, as the command line says it. */
final class KeyOptions {

  private static final Option OWNER = new Option("owner", "NAME", "whose it is, such as a team");
  private static final Option TAG =
      Option.many("tag", "NAME", "a label that routing rules look at");
  private static final Option EXPIRES =
      new Option("expires", "WHEN", "90d from now, or a day such as 2027-01-31; default never");
  private static final Option MODEL =
      Option.many("model", "NAME", "may use this one; * at its end: all that begin so");
  private static final Option CAPABILITY =
      Option.many("capability", "NAME", "may be used for this: chat, embedding, stt, tts, …");
  private static final Option BACKEND = Option.many("backend", "ID", "this one may serve");
  private static final Option NO_PIN =
      new Option("no-pin", "", "calls may not choose their backend themselves");
  private static final Option PRIORITY =
      new Option("priority", "NAME", "no better than interactive, standard or batch");
  private static final Option ROLE =
      new Option("role", "NAME", "caller or admin; admin opens the administration, too");
  private static final Option STREAMS = new Option("streams", "NUMBER", "calls at the same time");
  private static final Option BUDGET_DAY =
      new Option("budget-day", "AMOUNT", "money within a day, UTC");
  private static final Option BUDGET_MONTH =
      new Option("budget-month", "AMOUNT", "money within a month, UTC");
  private static final Map<QuotaUnit, Option> QUOTAS =
      Map.of(
          QuotaUnit.REQUESTS, quota("requests", "requests, such as 600/1m"),
          QuotaUnit.TOKENS, quota("tokens", "tokens of input and output, such as 1000000/1d"),
          QuotaUnit.AUDIO_SECONDS, quota("audio-seconds", "seconds of sound, such as 3600/1h"),
          QuotaUnit.CHARACTERS, quota("characters", "characters to speak, such as 100000/1h"));

  static final List<Option> ALL = all();

  /** Which option says what a member says. */
  private static final Map<String, Option> BY_FIELD =
      Map.of(
          "owner", OWNER,
          "tags", TAG,
          "models", MODEL,
          "capabilities", CAPABILITY,
          "backends", BACKEND,
          "priority_max", PRIORITY,
          "role", ROLE);

  private KeyOptions() {}

  private static Option quota(String name, String help) {
    return Option.many(name, "AMOUNT/TIME", help);
  }

  private static List<Option> all() {
    List<Option> all =
        new ArrayList<>(
            List.of(OWNER, TAG, EXPIRES, MODEL, CAPABILITY, BACKEND, NO_PIN, PRIORITY, ROLE));
    for (QuotaUnit unit : QuotaUnit.values()) {
      all.add(QUOTAS.get(unit));
    }
    all.addAll(List.of(STREAMS, BUDGET_DAY, BUDGET_MONTH));
    return List.copyOf(all);
  }

  static KeyConfig read(String name, Arguments arguments, Clock clock) throws UsageException {
    KeyDraft draft =
        new KeyDraft(
            name,
            arguments.get(OWNER).orElse(""),
            arguments.list(TAG),
            expires(arguments, clock),
            arguments.list(MODEL),
            arguments.list(CAPABILITY),
            arguments.list(BACKEND),
            arguments.has(NO_PIN) ? Scope.Pinning.REFUSED : Scope.Pinning.ALLOWED,
            arguments.get(PRIORITY).orElse(""),
            arguments.get(ROLE).orElse(""),
            allowance(arguments));
    try {
      return draft.config();
    } catch (HubException e) {
      if (e.error() instanceof HubError.InvalidRequest(String field, String got, String expected)) {
        Option option = BY_FIELD.get(field);
        throw new UsageException(
            (option == null ? field : "--" + option.name())
                + ": "
                + got
                + " (expected: "
                + expected
                + ")");
      }
      throw e;
    }
  }

  private static Optional<Instant> expires(Arguments arguments, Clock clock) throws UsageException {
    Optional<String> said = arguments.get(EXPIRES);
    if (said.isEmpty()) {
      return Optional.empty();
    }
    Instant now = Instant.ofEpochMilli(clock.epochMillis());
    Optional<Instant> end =
        DurationText.parse(said.get()).map(now::plus).or(() -> ExpiryText.parse(said.get()));
    if (end.isEmpty() || !end.get().isAfter(now)) {
      throw wrong(
          EXPIRES, said.get(), "a time from now such as 90d, or a day to come such as 2027-01-31");
    }
    return end;
  }

  private static AllowanceConfig allowance(Arguments arguments) throws UsageException {
    List<QuotaConfig> quotas = new ArrayList<>();
    for (Map.Entry<QuotaUnit, Option> limited : QUOTAS.entrySet()) {
      QuotaUnit unit = limited.getKey();
      Option option = limited.getValue();
      for (String text : arguments.list(option)) {
        quotas.add(
            QuotaConfig.parse(unit, text)
                .orElseThrow(() -> wrong(option, text, QuotaConfig.ALLOWED)));
      }
    }
    if (quotas.size() > AllowanceConfig.QUOTAS_MAX) {
      throw new UsageException(
          quotas.size() + " limits (expected: at most " + AllowanceConfig.QUOTAS_MAX + ")");
    }
    Optional<Integer> streams =
        arguments.number(
            STREAMS,
            (int) AllowanceConfig.STREAMS_RANGE.min(),
            (int) AllowanceConfig.STREAMS_RANGE.max());
    return new AllowanceConfig(
        quotas,
        streams.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        budget(arguments, BUDGET_DAY),
        budget(arguments, BUDGET_MONTH));
  }

  private static OptionalLong budget(Arguments arguments, Option option) throws UsageException {
    Optional<String> said = arguments.get(option);
    if (said.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong micros = PriceText.parse(said.get());
    if (micros.isEmpty()) {
      throw wrong(
          option,
          said.get(),
          "money such as 2.50, within 0..1000000000, at most 6 digits after the point");
    }
    return micros;
  }

  private static UsageException wrong(Option option, String said, String expected) {
    return new UsageException(
        "--" + option.name() + ": " + Shown.quoted(said) + " (expected: " + expected + ")");
  }
}
