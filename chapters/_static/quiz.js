// Quizzes: bring each answer to its choice, and show it when the reader checks.
(function () {
  "use strict";

  function element(tag, className, text) {
    var made = document.createElement(tag);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  // The answer's words, moved out of the list and hidden below the choice. The region around them
  // is there from the start, so that screen readers announce the words when they appear.
  function place(answer, input) {
    var region = element("div", "quiz-feedback");
    var words = element("div", "quiz-words");
    region.setAttribute("aria-live", "polite");
    words.hidden = true;
    // The list names each choice before its feedback; here the choice stands right above.
    answer.querySelector(".quiz-repeated").remove();
    words.append.apply(words, Array.from(answer.childNodes));
    region.append(words);
    input.closest(".quiz-choice").append(region);
    return words;
  }

  function prepare(quiz) {
    var fieldset = quiz.querySelector("fieldset");
    var details = quiz.querySelector(".quiz-answers");
    var several = fieldset.querySelector("input").type === "checkbox";
    var choices = Array.from(fieldset.querySelectorAll("input"), function (input) {
      var answer = details.querySelector('[data-for="' + input.id + '"]');
      return {
        input: input,
        right: answer.dataset.verdict === "right",
        words: place(answer, input),
      };
    });
    details.remove();

    var button = element("button", "quiz-check", "Check");
    var status = element("p", "quiz-status");
    button.type = "button";
    status.setAttribute("role", "status");
    fieldset.append(button, status);

    function verdict() {
      var met = choices.filter(function (choice) { return choice.input.checked === choice.right; });
      if (met.length === choices.length) return "Right.";
      if (!several) return "Not yet. Read why, and try again.";
      return met.length + " of " + choices.length + " are as they should be. Try again.";
    }

    // Where several may hold, a wrong one that was left out is no mistake.
    function said(choice) {
      var ticked = choice.input.checked;
      if (choice.right) return ticked ? "It holds:" : "It holds, too:";
      return ticked ? "It doesn't hold:" : "Rightly left out:";
    }

    function check() {
      if (!choices.some(function (choice) { return choice.input.checked; })) {
        status.textContent = several ? "Tick every choice that holds first." : "Pick one first.";
        return;
      }
      choices.forEach(function (choice) {
        // Where several may hold, the ones left out need a word too.
        choice.words.hidden = !(several || choice.input.checked);
        choice.words.dataset.met = choice.input.checked === choice.right;
        if (several) choice.words.querySelector(".quiz-verdict").textContent = said(choice);
      });
      status.textContent = verdict();
    }

    button.addEventListener("click", check);
    fieldset.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && event.target.tagName === "INPUT") check();
    });
    // What was said belongs to the choice as it was.
    fieldset.addEventListener("change", function () {
      status.textContent = "";
      choices.forEach(function (choice) { choice.words.hidden = true; });
    });
  }

  document.querySelectorAll(".quiz").forEach(prepare);
})();
