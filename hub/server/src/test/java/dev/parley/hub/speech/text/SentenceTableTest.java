package dev.parley.hub.speech.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts with a bar where one piece ends and the next begins, as a reader would divide them. */
class SentenceTableTest {
  private static final String TABLE =
      """
      en ; Mr. Smith and Mrs. Jones went home.| They were tired of it all.
      en ; Dr. No met Prof. X. They spoke for hours.
      en ; We need tools, e.g. Hammers and saws.| Nails come later on.
      en ; That is, i.e. The thing itself.| Another thing is here.
      en ; See No. 5 on the list.| Then go to Fig. 2 and read.
      en ; He really said no.| Then he left the room.
      en ; Acme Inc. Chairman Lee resigned.| Nobody was very surprised.
      en ; She works at Acme Inc.| The office is downtown.
      en ; Meet me at 5 p.m.| We leave at six.
      en ; Meet me at 5 p.m. Eastern time, please.| Do not be late.
      en ; The U.S. Army arrived there.| All was calm again.
      en ; He moved to the U.S.| He never came back.
      en ; J. R. R. Tolkien wrote it.| Everyone has read it.
      en ; J.R.R. Tolkien wrote it.| Everyone has read it.
      en ; So will Anna and I.| Then we all go.
      en ; Pi is 3.14 or so.| Version 1.2.3 is out now.
      en ; It is 12:30 already.| We are too late.
      en ; It was in 1999.| Everything was so different.
      en ; There were only 5.| 7 men came much later.
      en ; Visit https://example.com/a.b?c=d.| It works.
      en ; Just visit https://example.com/a.b?c=d today.| It works very well.
      en ; Write to jane.doe@example.org today.| She answers very soon.
      en ; Open the file notes.txt now.| It has all answers.
      en ; Well... I think so too.| You never know that.
      en ; He waited there for hours...| Nothing at all happened.
      en ; He waited there for hours…| Nothing at all happened.
      en ; Did you really see that?!| It was so big!
      en ; "Come in here now!" she called.| He did come in.
      en ; "Come in here now."| He did come in.
      en ; (This is an aside.)| This is not one.
      en ; He said “Go away now.”| Then he went home.
      en ; She asked, "Why me?" and left.| Nobody answered her then.
      en ; This is **very important.**| Please read it twice.
      en ; Great job everyone! 🎉| Now we can rest.
      en ; I am so happy 😀 about this.| You should be too.
      en ; One line\\nand its rest.| Another sentence is here.
      en ; A paragraph without dot\\n\\n|Another paragraph is here.
      en ; Things to buy:\\n|- Apples and pears\\n|- Bread and butter\\n|- Milk for all
      en ; Steps to take:\\n|1. Open the box.\\n|2. Close the box again.
      en ; # The big title\\n|The text begins here.
      en ; Jan. 5 was a cold day.| It snowed and snowed.
      en ; At approx. 30 degrees it melts.| Then it flows away.
      en ; It is Smith et al. 2020 again.| Read that paper first.
      en ; What a day!| what a night!
      en ; Is this what you want?| yes it is, he wrote.
      de ; Das ist z.B. Berlin im Winter.| Dort ist es kalt.
      de ; Das ist z. B. Berlin im Winter.| Dort ist es kalt.
      de ; Er kommt am 3. Mai zurück.| Dann feiern wir alle.
      de ; Am 3. 5. 2024 war es so weit.| Alle waren sehr froh.
      de ; Äpfel, Birnen usw.| Der Rest fehlt noch.
      de ; Dr. Müller wohnt in Nr. 7 nebenan.| Er ist sehr nett.
      de ; „Komm doch bitte her!“| Er kam nicht zurück.
      de ; »Komm doch bitte her!«| Er kam nicht zurück.
      de ; Das war im Jahr 1999.| Danach kam nichts mehr.
      de ; Ludwig XIV. Bourbon regierte lange.| Er starb im Jahr 1715.
      de ; Es gab nur 3.| Dann kamen noch mehr.
      fr ; M. Dupont est bien arrivé.| Il est très content.
      fr ; Il a dit « Bonjour à tous. »| Puis il est parti.
      fr ; C'est vrai, n'est-ce pas ?| Oui, je le crois.
      fr ; Voir p. 12 pour les détails.| Tout y est expliqué.
      es ; ¿Cómo está usted hoy?| ¡Muy bien, muchas gracias!
      es ; El Sr. García no está aquí.| Vuelve mañana por la tarde.
      es ; Cuesta 3,50 euros en total.| No es muy caro.
      it ; Il sig. Rossi è già partito.| Torna domani di mattina.
      it ; Vedi pag. 12 per i dettagli.| Poi torna subito qui.
      pt ; O Sr. Silva não está aqui.| Ele volta amanhã cedo.
      zh ; 今天天气很好。|我们去公园散步吧！|你觉得怎么样？
      zh ; 他说：“我们走吧。”|然后他就离开了。
      zh ; 你好吗朋友!|我今天很高兴.
      ja ; 今日はいい天気です。|散歩に行きましょう。
      ja ; 「行きましょう。」|彼はそう言いました。
      ko ; 오늘은 날씨가 좋습니다.| 산책하러 가고 싶어요.
      hi ; यह एक किताब है।| वह बहुत अच्छी है।
      ar ; هل أنت بخير اليوم؟| نعم أنا بخير جدا.
      el ; Τι κάνεις εσύ σήμερα;| Είμαι πολύ καλά εδώ.
      hy ; Սա իմ մեծ գիրքն է։| Դա քո տունն է։
      cs ; Přijde dne 3. května večer.| Potom půjdeme všichni domů.
      """;

  record Case(String language, List<String> pieces, String text) {
    @Override
    public String toString() {
      return language + ": " + String.join("|", pieces);
    }
  }

  static Stream<Case> cases() {
    return TABLE.lines().map(SentenceTableTest::read);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void dividesAsAReaderWould(Case wanted) {
    assertThat(TextCutter.of(wanted.text(), wanted.language(), 400, false))
        .extracting(Cut::text)
        .containsExactlyElementsOf(wanted.pieces());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void dividesNoOtherwiseLetterByLetter(Case wanted) {
    var cutter = new TextCutter(wanted.language(), 400, false);
    var pieces = new ArrayList<String>();
    wanted
        .text()
        .codePoints()
        .mapToObj(Character::toString)
        .flatMap(letter -> cutter.add(letter).stream())
        .forEach(cut -> pieces.add(cut.text()));
    cutter.finish().forEach(cut -> pieces.add(cut.text()));
    assertThat(letters(pieces)).containsExactlyElementsOf(letters(wanted.pieces()));
  }

  /** A bracket that is written after a sentence was cut is not spoken, and so left out. */
  private static List<String> letters(List<String> pieces) {
    return pieces.stream().map(piece -> piece.replaceAll("[”」]", "")).toList();
  }

  private static Case read(String line) {
    String[] parts = line.split(" ; ", 2);
    String marked = parts[1].replace("\\n", "\n");
    List<String> pieces =
        Arrays.stream(marked.split("\\|")).map(piece -> piece.strip().replace('\n', ' ')).toList();
    return new Case(parts[0], pieces, marked.replace("|", ""));
  }
}
