using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Commands;

/// <summary>What a coordinator does with one inquiry: note, close, reopen, take back, offer, ask, write, correct.</summary>
internal static class ActionCommands
{
    private const string StandardInput = CommandContext.StandardInput;

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var text = new Option<string?>("--text")
        {
            Description = "The text; -: it is read from the standard input, where no list of processes shows it.",
        };
        var seen = new Option<int?>("--seen")
        {
            Description = "The last line of the history that you saw: nothing is done when something has happened since.",
        };
        var reason = new Option<string?>("--reason") { Description = "A code; left out, the codes are listed." };
        var tell = new Option<bool>("--tell-patient") { Description = "The patient gets a mail." };
        var hold = new Option<bool>("--hold") { Description = "The inquiry is held; else the next clinic is asked." };
        var asked = new Option<bool>("--patient-asked") { Description = "The patient wants it: needed for what they withdrew themselves." };
        var check = new Option<bool>("--check") { Description = "Only says what stands against it." };
        var template = new Option<string?>("--template")
        {
            Description = $"A text in the patient's language: {string.Join(", ", QuestionTemplate.All)}.",
        };

        Add("note", "Writes something down for colleagues. It is erased with the patient, and stands in their copy.", [text],
            async run => run.Say(
                await run.Use<NoteInquiry>().RunAsync(
                    run.Seen, Guid.CreateVersion7(), await TextAsync(run.Value(text)), CommandContext.Coordinator, run.Cancellation),
                "The note is kept."));
        Add("close", "Closes an inquiry; clinics that have it are told.", [reason, text, tell, seen],
            async run => run.Say(
                await run.Use<CloseInquiry>().RunAsync(
                    run.Seen, new Closing(Code(run.Value(reason), CloseReason.All.Select(CloseReason.Code)), await TextAsync(run.Value(text)), run.Value(tell)),
                    CommandContext.Coordinator, run.Cancellation),
                $"{run.Reference} is closed. Open it again with: InquiryRouter reopen {run.Reference}"));
        Add("reopen", "Opens again what was closed: it is matched anew, or held for what had held it.", [asked, seen],
            async run => run.Say(
                await run.Use<ReopenInquiry>().RunAsync(run.Seen, run.Value(asked), CommandContext.Coordinator, run.Cancellation),
                $"{run.Reference} is open again."));
        AddWithClinic("take-back", "Takes an inquiry back from a clinic that is asked or has it; the clinic is told.", [reason, text, hold, seen],
            async (run, clinic) => run.Say(
                await run.Use<TakeBackReferral>().RunAsync(
                    run.Seen,
                    new TakingBack(clinic, Code(run.Value(reason), TakeBackReason.All.Select(TakeBackReason.Typed)), await TextAsync(run.Value(text)), run.Value(hold)),
                    CommandContext.Coordinator, run.Cancellation),
                $"{run.Reference} is taken back from {clinic}."));
        AddWithClinic("offer", "Offers an inquiry to a clinic of your choice; a reason is needed where a wish or a cap stands against it.",
            [reason, check, seen],
            async (run, clinic) => run.Value(check)
                ? Standing(await run.Use<OfferToClinic>().CheckAsync(run.Reference, clinic, run.Cancellation) ?? throw CommandContext.NoInquiry(run.Reference))
                : run.Say(
                    await run.Use<OfferToClinic>().RunAsync(
                        run.Seen, clinic, run.Value(reason), CommandContext.Coordinator, run.Cancellation),
                    $"{run.Reference} is offered to {clinic}."));
        Add("ask", "Asks the patient something: a mail with the link of their page, where they answer.", [template, text, seen],
            async run =>
            {
                var (id, asking) = (Guid.CreateVersion7(), new Asking(run.Value(template), await TextAsync(run.Value(text))));
                return run.Say(
                    await run.Use<AskPatient>().RunAsync(
                        run.Begun(id, ActionForms.Ask, new ActionTyped(asking.Text, Reason: asking.Template)), id, asking, CommandContext.Coordinator,
                        run.Cancellation),
                    "The patient is asked.");
            });
        AddWithClinic("write", "Writes to a clinic that is asked or has the inquiry; it reads and answers it behind its link.", [text, seen],
            async (run, clinic) =>
            {
                var (id, written) = (Guid.CreateVersion7(), await TextAsync(run.Value(text)));
                return run.Say(
                    await run.Use<WriteToClinic>().RunAsync(
                        run.Begun(id, ActionForms.Write, new ActionTyped(written, clinic)), id, clinic, written, CommandContext.Coordinator,
                        run.Cancellation),
                    $"{clinic} is written to.");
            });

        var id = new Argument<Guid>("ID") { Description = "As it was printed." };
        Add("undo", "Undoes within ten seconds what was begun, here or in the console, before anybody was told.", [],
            async run => run.Say(
                await run.Use<UndoAction>().RunAsync(
                    run.Reference, run.Value(id), CommandContext.Coordinator, run.Cancellation), "It is undone: nothing was changed, and nobody was told."),
            id);
        AddCorrection(root, output, seen);

        void Add(string name, string description, Option[] options, Func<Run, Task<string>> act, Argument? more = null) =>
            AddCommand(root, output, name, description, options, seen, act, more);

        void AddWithClinic(string name, string description, Option[] options, Func<Run, string, Task<string>> act)
        {
            var clinic = new Argument<string>("CLINIC") { Description = "Code of the clinic." };
            Add(name, description, options, run => act(run, CommandContext.CodeOf(run.Value(clinic))), clinic);
        }
    }

    private static void AddCorrection(RootCommand root, TextWriter output, Option<int?> seen)
    {
        var field = new Argument<string>("FIELD") { Description = string.Join(", ", s_fields.Select(f => f.Name)) + "." };
        var value = new Argument<string>("VALUE") { Description = "What it is; -: read from the standard input." };
        var command = AddCommand(
            root, output, "correct", "Corrects something on the patient's behalf, as they could on their page.", [seen], seen,
            async run =>
            {
                var found = s_fields.FirstOrDefault(f => f.Name == run.Value(field));
                if (found.Set is null)
                {
                    throw new CommandRefusedException($"'{run.Value(field)}' cannot be corrected. Known: {string.Join(", ", s_fields.Select(f => f.Name))}.");
                }

                var typed = await TextAsync(run.Value(value)) ?? string.Empty;
                return await run.Use<CorrectForPatient>().RunAsync(
                    run.Seen, found.Action, form => found.Set(form, typed.Trim()), CommandContext.Coordinator, run.Cancellation) switch
                {
                    CorrectionForPatient.Done => $"{run.Reference} is corrected.",
                    CorrectionForPatient.ChangedOften => throw new CommandRefusedException("The address was changed too often today."),
                    CorrectionForPatient.Invalid wrong => throw new CommandRefusedException(string.Join(
                        Environment.NewLine, wrong.Errors.Select(e => run.Use<LanguageSet>().English.Error(e)))),
                    CorrectionForPatient.Not not => run.Say(not.Why, string.Empty),
                    var other => throw new InvalidOperationException($"{other.GetType().Name} is not known."),
                };
            },
            field);
        command.Add(value);
    }

    private static readonly (string Name, CoordinatorAction Action, Action<InquiryForm, string> Set)[] s_fields =
    [
        ("name", CoordinatorAction.CorrectContact, (form, typed) => form.PatientName = typed),
        ("email", CoordinatorAction.CorrectContact, (form, typed) => form.PatientEmail = typed),
        ("phone", CoordinatorAction.CorrectContact, (form, typed) => form.PatientPhone = typed.Length == 0 ? null : typed),
        ("birth-year", CoordinatorAction.CorrectRequest, (form, typed) =>
            form.PatientBirthYear = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null),
        ("condition-type", CoordinatorAction.CorrectRequest, (form, typed) => form.ConditionType = typed.Length == 0 ? null : typed),
        ("cell-source", CoordinatorAction.CorrectRequest, (form, typed) => form.CellSource = typed),
        ("destinations", CoordinatorAction.CorrectRequest, (form, typed) =>
            form.Destinations = typed.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)),
        ("language", CoordinatorAction.CorrectRequest, (form, typed) => form.PatientLanguage = typed),
        ("timeframe", CoordinatorAction.CorrectRequest, (form, typed) => form.Timeframe = typed),
    ];

    private static Command AddCommand(
        RootCommand root, TextWriter output, string name, string description, Option[] options, Option<int?> seen, Func<Run, Task<string>> act,
        Argument? more)
    {
        var reference = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        var command = new Command(name, description);
        command.Add(reference);
        if (more is not null)
        {
            command.Add(more);
        }

        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var typed = CommandContext.ReferenceOf(parsed.GetValue(reference)!);
            await using var services = CommandContext.Open(parsed);
            var line = options.Contains(seen) ? parsed.GetValue(seen) : null;
            await output.WriteLineAsync(await act(new Run(parsed, services, typed, new Seen(typed, line), cancellation)));
            return 0;
        });
        root.Add(command);
        return command;
    }

    private static async Task<string?> TextAsync(string? typed) =>
        typed == StandardInput ? await Console.In.ReadToEndAsync() : typed;

    private static string Code(string? typed, IEnumerable<string> codes) =>
        typed ?? throw new CommandRefusedException($"Say why: --reason {string.Join(" | ", codes)}");

    private static string Standing(IReadOnlyList<Standing> standing) => standing.Count == 0
        ? "Nothing stands against it."
        : string.Join(Environment.NewLine, standing.Select(s => $"{GateList.Code(s.Gate)} ({Kind(s)}): {s.Sentence}"));

    private static string Kind(Standing standing) => (standing.Kind, standing.Bends) switch
    {
        (GateKind.Wish, _) => $"a wish of the patient: --reason {OfferReason.PatientAgrees}",
        (_, true) => $"of the moment: --reason {OfferReason.ClinicAgrees}",
        (GateKind.Moment, _) => "of the moment",
        _ => "a requirement",
    };

    /// <summary>A command at work.</summary>
    private sealed record Run(ParseResult Parsed, ServiceProvider Services, string Reference, Seen Seen, CancellationToken Cancellation)
    {
        public T Use<T>()
            where T : notnull => Services.GetRequiredService<T>();

        public T? Value<T>(Option<T> option) => Parsed.GetValue(option);

        public T? Value<T>(Argument<T> argument) => Parsed.GetValue(argument);

        /// <summary>The words of an outcome, or a refusal.</summary>
        public string Say(ActionOutcome outcome, string done) => outcome switch
        {
            ActionOutcome.Done { Undo: { } undo } =>
                $"{done} For {Undoing.Time.TotalSeconds:0} seconds you can undo it: InquiryRouter undo {Reference} {undo}",
            ActionOutcome.Done => done,
            ActionOutcome.NotFound => throw CommandContext.NoInquiry(Reference),
            ActionOutcome.Stale stale => throw new CommandRefusedException(
                $"Nothing was done: since you looked at {Reference}, this has happened: "
                + string.Join("; ", stale.Since.Select(e => $"{e.Version} {e.Action} {e.Detail}".TrimEnd() + $" ({e.ActorKind})"))),
            ActionOutcome.StandsAgainst against => throw new CommandRefusedException(
                $"{Reference} is not offered:{Environment.NewLine}{Standing(against.Standing)}"),
            ActionOutcome.Refused refused => throw new CommandRefusedException($"Nothing was done: {Sentence(refused.Why)}"),
            ActionOutcome.Invalid invalid => throw new CommandRefusedException($"Nothing was done: {Sentence(invalid.Why)}"),
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is not known."),
        };

        /// <summary>It is begun, and done by the running program when it cannot be undone any more.</summary>
        public Seen Begun(Guid id, string form, ActionTyped typed) =>
            Use<BeginAction>().Of(Seen, id, form, typed, CommandContext.Coordinator, writer: null);

        // What helps on the command line, behind what everybody is told.
        private string Sentence(CoordinatorRefusal why) => RefusalWords.Of(why) + why switch
        {
            CoordinatorRefusal.Closed => $" InquiryRouter reopen {Reference}",
            CoordinatorRefusal.NoConsent => $" InquiryRouter ask {Reference} --template {QuestionTemplate.Consent}",
            CoordinatorRefusal.InHand => $" InquiryRouter take-back {Reference} CLINIC",
            CoordinatorRefusal.Quarantined or CoordinatorRefusal.NotMatched => $" InquiryRouter release {Reference}",
            _ => string.Empty,
        };

        private static string Sentence(string why) => RefusalWords.Of(why) + why switch
        {
            ActionOutcome.Empty or ActionOutcome.NeedsText => " Give it with --text, or --text - for the standard input.",
            ActionOutcome.NoSuchReason => " Without it the codes are listed; --help explains them.",
            ActionOutcome.PatientWithdrew => " --patient-asked",
            _ => string.Empty,
        };
    }
}
