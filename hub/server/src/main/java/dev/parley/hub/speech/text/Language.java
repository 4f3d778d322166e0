package dev.parley.hub.speech.text;

import java.util.Locale;
import java.util.Set;

/**
 * What a language adds to the rules of Unicode. Words are in lower case and without their last dot.
 *
 * @param locale for ICU
 * @param ordinalDots whether a dot after a number makes it an ordinal
 * @param titles abbreviations that never end a sentence
 * @param counters abbreviations that stand before a number
 * @param names abbreviations that end names, and so may end a sentence
 * @param times abbreviations after a time of day
 * @param starters words that begin sentences far more often than they follow an abbreviation
 * @param conjunctions words before which a long clause may be cut
 */
record Language(
    Locale locale,
    boolean ordinalDots,
    Set<String> titles,
    Set<String> counters,
    Set<String> names,
    Set<String> times,
    Set<String> starters,
    Set<String> conjunctions) {

  /** What follows a time of day without being a sentence. */
  static final Set<String> ZONES =
      words("est edt et cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest eastern central");

  private static final Set<String> NAMES =
      words("inc ltd corp co jr sr bros llc plc gmbh esq univ assn al");

  private static final Language ENGLISH =
      new Language(
          Locale.ENGLISH,
          false,
          words(
              "mr mrs ms messrs dr prof st rev gen sen rep gov capt cpt lt col sgt maj cmdr hon"
                  + " pres supt vs cf viz approx dept e.g i.e eg ie mt ft"),
          words(
              "no nos fig figs vol vols p pp ch sec eq art nr ref tel ext ca jan feb mar apr jun"
                  + " jul aug sep sept oct nov dec"),
          NAMES,
          words("a.m p.m"),
          words(
              "the a an it he she they we you i in on at but and so this that these those there"
                  + " here then when while if as for however my his her our their what who why how"
                  + " where after before no yes not now nobody everyone each some all"),
          words("and but or because which while when so although if that"));

  private static final Language GERMAN =
      new Language(
          Locale.GERMAN,
          true,
          words(
              "hr fr dr prof dipl ing z.b d.h u.a i.d.r o.g s.o s.u bzw ca evtl ggf inkl exkl zzgl"
                  + " vgl sog bspw st hl geb gest max min mind tel str"),
          words(
              "nr abb s art kap bd tab abs ziff jan feb m\u00E4r apr jun jul aug sep sept okt nov"
                  + " dez"),
          NAMES,
          words(""),
          words(
              "der die das ein eine er sie es wir ich ihr und aber dann da dort hier so in im am an"
                  + " auf bei nach vor mit wenn als doch dies diese dieser dieses danach sp\u00E4ter"
                  + " heute gestern man was wer wie warum sein ihre unser nun jetzt"),
          words("und aber oder weil dass wenn obwohl w\u00E4hrend denn sondern"));

  private static final Language FRENCH =
      new Language(
          Locale.FRENCH,
          false,
          words("m mm mme mmes mlle dr pr me st ste p.ex cf env av mgr"),
          words("p pp art fig vol chap no n\u00B0 \u00E9d t tel t\u00E9l"),
          NAMES,
          words(""),
          words(
              "le la les un une il elle ils elles nous vous je on et mais ce cette ces dans en"
                  + " \u00E0 puis alors apr\u00E8s tu"),
          words("et mais ou parce car qui quand lorsque que"));

  private static final Language SPANISH =
      new Language(
          Locale.of("es"),
          false,
          words("sr sra srta dr dra d d\u00F1a ud uds prof profa lic ing p.ej av avda cf aprox"),
          words("n\u00FAm num n\u00BA p\u00E1g p\u00E1gs p art fig vol cap tel"),
          NAMES,
          words("a.m p.m"),
          words(
              "el la los las un una \u00E9l ella ellos nosotros yo y pero en esto este esta"
                  + " entonces luego despu\u00E9s no s\u00ED"),
          words("y pero o porque que cuando aunque"));

  private static final Language ITALIAN =
      new Language(
          Locale.ITALIAN,
          false,
          words("sig sig.ra sigg dott dott.ssa prof prof.ssa ing avv on p.es es cfr"),
          words("n pag pagg art fig vol cap p tel"),
          NAMES,
          words(""),
          words("il lo la i gli le un una egli lui lei noi io e ma in questo questa poi dopo non"),
          words("e ma o perch\u00E9 che quando"));

  private static final Language PORTUGUESE =
      new Language(
          Locale.of("pt"),
          false,
          words("sr sra dr dra prof profa exmo eng av p.ex cf aprox"),
          words("n\u00BA n\u00FAm p\u00E1g art fig vol cap p tel"),
          NAMES,
          words(""),
          words(
              "o a os as um uma ele ela eles n\u00F3s eu e mas em isto este esta ent\u00E3o depois"),
          words("e mas ou porque que quando"));

  private static final Set<String> ORDINAL_DOTS =
      words("cs da et fi hr hu is lt lv nb nn no pl sk sl sr tr");

  /** The rules for a BCP 47 tag; English ones serve for languages that have none of their own. */
  static Language of(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    return switch (locale.getLanguage()) {
      case "", "en" -> ENGLISH;
      case "de" -> GERMAN;
      case "fr" -> FRENCH;
      case "es" -> SPANISH;
      case "it" -> ITALIAN;
      case "pt" -> PORTUGUESE;
      case String other ->
          new Language(
              locale,
              ORDINAL_DOTS.contains(other),
              ENGLISH.titles,
              Set.of(),
              NAMES,
              Set.of(),
              Set.of(),
              Set.of());
    };
  }

  boolean isFrench() {
    return locale.getLanguage().equals("fr");
  }

  boolean isGreek() {
    return locale.getLanguage().equals("el");
  }

  boolean isEnglish() {
    return locale.getLanguage().equals("en");
  }

  private static Set<String> words(String line) {
    return line.isEmpty() ? Set.of() : Set.of(line.split(" "));
  }
}
