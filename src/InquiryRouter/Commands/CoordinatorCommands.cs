using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Matching;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Commands;

/// <summary>What a coordinator does without the console: see what is held and why, and send it on.</summary>
internal static class CoordinatorCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var held = new Option<bool>("--held") { Description = "Inquiries that wait for a person: held, quarantined, or waiting for the patient." };
        var credentials = new Option<bool>("--credentials")
        {
            Description = "Credentials that are to be verified again, have ended, or end within 60 days.",
        };
        var list = new Command("list", "Lists what waits for a person.");
        list.Add(held);
        list.Add(credentials);
        list.SetAction((parsed, cancellation) => (parsed.GetValue(held), parsed.GetValue(credentials)) switch
        {
            (true, false) => ListAsync(parsed, output, cancellation),
            (false, true) => ListCredentialsAsync(parsed, output, cancellation),
            _ => throw new CommandRefusedException("Say what to list: InquiryRouter list --held, or InquiryRouter list --credentials"),
        });
        root.Add(list);

        var reference = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        var release = new Command("release", "Sends a held inquiry on to matching: you have read it and it may go.");
        release.Add(reference);
        release.SetAction((parsed, cancellation) => ReleaseAsync(parsed, parsed.GetValue(reference)!, output, cancellation));
        root.Add(release);
    }

    private static async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var list = await services.GetRequiredService<ListHeld>().RunAsync(cancellation);
        var links = services.GetRequiredService<MailLinks>();
        foreach (var item in list.Items)
        {
            await WriteAsync(item, links, output);
        }

        var shown = list.Waiting > list.Items.Count ? $" The {list.Items.Count} that come first are shown." : string.Empty;
        await output.WriteLineAsync(list.Items.Count == 0
            ? "No inquiry waits for a coordinator."
            : $"{list.Waiting} {(list.Waiting == 1 ? "inquiry waits" : "inquiries wait")}.{shown} Send one on with: InquiryRouter release REFERENCE");
        return 0;
    }

    private static async Task WriteAsync(HeldItem item, MailLinks links, TextWriter output)
    {
        var inquiry = item.Inquiry;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{inquiry.Reference}  {inquiry.State}{(inquiry.Urgent ? "  URGENT" : string.Empty)}  since {inquiry.Since:yyyy-MM-dd HH:mm} UTC"));
        await output.WriteLineAsync($"    {links.Console(inquiry.Reference)}");
        foreach (var reason in inquiry.Reasons)
        {
            await output.WriteLineAsync($"    {reason.Code}: {reason.SentenceFor(inquiry.Relation)}");
            foreach (var more in MoreAbout(reason, item))
            {
                await output.WriteLineAsync($"        {more}");
            }
        }

        if (item.Approval is { } approval and not ApprovalAsked.By { Rules.Count: 0 })
        {
            await output.WriteLineAsync(approval switch
            {
                ApprovalAsked.By by =>
                    $"    asked for by policy version {by.Policy.Version}: {string.Join(", ", by.Rules.Select(r => DecisionWords.Rule(r, by.Decision, by.Policy)))}",
                ApprovalAsked.Unknown unknown => $"    which rule asked for it is not known any more: {DecisionWords.Missing(unknown.Missing)}",
                _ => throw new InvalidOperationException($"{approval.GetType().Name} is not known."),
            });
        }

        if (item.Approval is ApprovalAsked.By { Unreviewed: { Count: > 0 } rules })
        {
            foreach (var rule in rules)
            {
                await output.WriteLineAsync($"    {DecisionWords.Unreviewed(rule)}");
            }

            await output.WriteLineAsync($"    {DecisionWords.HowToReview}");
        }

        if (item.Match is { } match)
        {
            await WriteMatchAsync(match, output);
        }
    }

    /// <summary>What stands behind a reason of the screening: the parts of a spam score, the inquiries of the same patient.</summary>
    private static IEnumerable<string> MoreAbout(HoldReason reason, HeldItem item) =>
        reason == HoldReason.SuspectedSpam
            ? item.Spam.Reasons.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Code} {r.Points}: {r.Sentence}"))
        : reason == HoldReason.PossibleDuplicate ? item.Pairs.Select(p => PairCommands.Line(p, item.Inquiry.Id))
        : [];

    private static async Task WriteMatchAsync(StoredMatch match, TextWriter output)
    {
        if (match.Ranked.Count > 0)
        {
            var best = match.Ranked.Take(3).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Clinic} {r.Score:0.000}"));
            await output.WriteLineAsync($"    best: {string.Join(", ", best)}");
            return;
        }

        var gates = match.Stopped.Select(g => (g.Key, g.Value)).ToList();
        await output.WriteLineAsync($"    clinics by the gate that stopped them: {DecisionWords.Stopped(gates)}");
        if (DecisionWords.UnknownRules(gates) is { } rules)
        {
            await output.WriteLineAsync($"    {rules}");
        }

        foreach (var relaxation in match.Relaxations)
        {
            await output.WriteLineAsync($"    if only one thing were different: {DecisionWords.Relax(relaxation)}");
        }
    }

    private static async Task<int> ListCredentialsAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var (network, due, lapsed) = await services.GetRequiredService<ListCredentials>().RunAsync(cancellation);
        foreach (var one in due)
        {
            await output.WriteLineAsync($"{one.Clinic,-14} {network.Rules.BodyName(one.Credential.Body)} {one.Credential.Number}: {one.Sentence}.");
        }

        await output.WriteLineAsync(due.Count == 0 ? "No credential is due." : $"{due.Count} {(due.Count == 1 ? "is" : "are")} due.");
        foreach (var one in lapsed)
        {
            await output.WriteLineAsync(
                $"{one.Reference} was accepted by {one.ClinicCode}, which no longer meets {one.Lapse}: decide with both what follows.");
        }

        return 0;
    }

    private static async Task<int> ReleaseAsync(ParseResult parsed, string typed, TextWriter output, CancellationToken cancellation)
    {
        var reference = CommandContext.ReferenceOf(typed);
        await using var services = CommandContext.Open(parsed);
        await output.WriteLineAsync(await services.GetRequiredService<ReleaseInquiry>().RunAsync(reference, CommandContext.Coordinator, cancellation) switch
        {
            Release.Released => $"{reference} is released and goes on to matching.",
            Release.Approved approved => $"{reference} is approved and is offered to {approved.FirstClinic}, or the next that fits now.",
            Release.NotFound => throw CommandContext.NoInquiry(reference),
            Release.NotWaiting waiting => throw new CommandRefusedException(
                $"{reference} is {waiting.State}: only inquiries that are Held, Quarantined or AwaitingPatient can be released."),
            Release.NoConsent => throw new CommandRefusedException($"{reference} cannot be released: {HoldReason.NoConsentToShare.Sentence}"),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not known."),
        });
        return 0;
    }
}
