using System.CommandLine;
using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Commands;

/// <summary>What a coordinator can do before there is a console: see what is held and why, and send it on.</summary>
internal static class CoordinatorCommands
{
    private const int MostListed = 500;

    /// <summary>Reasons to which the newest decision says more.</summary>
    private static readonly HoldReason[] s_aboutMatch = [HoldReason.NoClinicFits, HoldReason.WaitsForCapacity, HoldReason.ApprovalNeeded];

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var held = new Option<bool>("--held") { Description = "Inquiries that wait for a person: held, quarantined, or waiting for the patient." };
        var credentials = new Option<bool>("--credentials") { Description = "Credentials that are to be verified again, have ended, or end within 60 days." };
        var list = new Command("list", "Lists what waits for a person.") { TreatUnmatchedTokensAsErrors = false };
        list.Add(held);
        list.Add(credentials);
        list.SetAction((parsed, cancellation) => (parsed.GetValue(held), parsed.GetValue(credentials)) switch
        {
            (true, false) => ListAsync(parsed, output, cancellation),
            (false, true) => ListCredentialsAsync(parsed, output, cancellation),
            _ => throw new CannotStartException("Say what to list: InquiryRouter list --held, or InquiryRouter list --credentials"),
        });
        root.Add(list);

        var reference = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        var release = new Command("release", "Sends a held inquiry on to matching: you have read it and it may go.") { TreatUnmatchedTokensAsErrors = false };
        release.Add(reference);
        release.SetAction((parsed, cancellation) => ReleaseAsync(parsed, parsed.GetValue(reference)!, output, cancellation));
        root.Add(release);
    }

    private static async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var database = services.GetRequiredService<Database>();
        var (held, waiting) = await database.ReadAsync(
            async session => (await InquiryStore.ListHeldAsync(session, MostListed), await InquiryStore.CountHeldAsync(session)), cancellation);
        if (held.Count == 0)
        {
            await output.WriteLineAsync("No inquiry waits for a coordinator.");
            return 0;
        }

        var decisions = new Decisions(services);
        foreach (var inquiry in held)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{inquiry.Reference}  {inquiry.State}{(inquiry.Urgent ? "  URGENT" : string.Empty)}  since {inquiry.Since:yyyy-MM-dd HH:mm} UTC"));
            foreach (var reason in inquiry.Reasons)
            {
                await output.WriteLineAsync($"    {reason.Code}: {reason.SentenceFor(inquiry.Relation)}");
                foreach (var more in await ScreeningDetails.LinesAsync(database, inquiry, reason, cancellation))
                {
                    await output.WriteLineAsync($"        {more}");
                }
            }

            if (inquiry.Reasons.Any(s_aboutMatch.Contains) && await database.ReadAsync(session => MatchStore.FindNewestAsync(session, inquiry.Id), cancellation) is { } match)
            {
                if (inquiry.Reasons.Contains(HoldReason.ApprovalNeeded))
                {
                    await WriteApprovalAsync(match, decisions, output, cancellation);
                }

                await WriteMatchAsync(match, output);
            }
        }

        var shown = waiting > held.Count ? $" The {held.Count} that come first are shown." : string.Empty;
        await output.WriteLineAsync($"{waiting} {(waiting == 1 ? "inquiry waits" : "inquiries wait")}.{shown} Send one on with: InquiryRouter release REFERENCE");
        return 0;
    }

    /// <summary>Which rule of the policy asked for the yes: made again from the decision's inputs, since what the patient has is stored in one place only.</summary>
    private static async Task WriteApprovalAsync(StoredMatch match, Decisions decisions, TextWriter output, CancellationToken cancellation)
    {
        DecisionInputs inputs;
        try
        {
            inputs = await decisions.OfStoredAsync(match, cancellation);
        }
        catch (CannotStartException missing)
        {
            await output.WriteLineAsync($"    which rule asked for it is not known any more: {missing.Message}");
            return;
        }

        var decision = inputs.Decide();
        var rules = ApprovalRules.Reasons(decision, inputs.Facts, inputs.Index, inputs.Policy, inputs.At).Select(r => DecisionText.Rule(r, decision, inputs.Policy));
        await output.WriteLineAsync($"    asked for by policy version {match.PolicyVersion}: {string.Join(", ", rules)}");
    }

    private static async Task WriteMatchAsync(StoredMatch match, TextWriter output)
    {
        if (match.Ranked.Count > 0)
        {
            await output.WriteLineAsync($"    best: {string.Join(", ", match.Ranked.Take(3).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Clinic} {r.Score:0.000}")))}");
            return;
        }

        var gates = match.RejectedByGate.Select(g => (g.Key, g.Value.Count)).ToList();
        await output.WriteLineAsync($"    clinics by the gate that stopped them: {DecisionText.Stopped(gates)}");
        if (DecisionText.UnknownRules(gates) is { } rules)
        {
            await output.WriteLineAsync($"    {rules}");
        }

        foreach (var relaxation in match.Relaxations)
        {
            await output.WriteLineAsync($"    if only one thing were different: {DecisionText.Relax(relaxation)}");
        }
    }

    private static async Task<int> ListCredentialsAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var network = await services.GetRequiredService<NetworkCache>().CurrentAsync(cancellation);
        var today = DateOnly.FromDateTime(services.GetRequiredService<Database>().Clock.GetUtcNow().UtcDateTime);
        var due = CredentialCalendar.Due(network, today);
        foreach (var credential in due)
        {
            await output.WriteLineAsync($"{credential.Clinic,-14} {network.Rules.BodyName(credential.Credential.Body)} {credential.Credential.Number}: {credential.Sentence}.");
        }

        await output.WriteLineAsync(due.Count == 0 ? "No credential is due." : $"{due.Count} {(due.Count == 1 ? "is" : "are")} due.");
        foreach (var lapsed in await services.GetRequiredService<Database>().ReadAsync(ReferralStore.ListLapsedAsync, cancellation))
        {
            await output.WriteLineAsync($"{lapsed.Reference} was accepted by {lapsed.ClinicCode}, which no longer meets {lapsed.Lapse}: decide with both what follows.");
        }

        return 0;
    }

    private static async Task<int> ReleaseAsync(ParseResult parsed, string typed, TextWriter output, CancellationToken cancellation)
    {
        var reference = CommandContext.ReferenceOf(typed);
        await using var services = CommandContext.Open(parsed);
        var database = services.GetRequiredService<Database>();
        var (inquiry, consent, patient, offers) = await database.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id
                ? (await InquiryStore.FindAsync(session, id), await InquiryStore.FindConsentAsync(session, id), await InquiryStore.FindPatientAsync(session, id),
                    (await ReferralStore.ListAsync(session, id)).Count)
                : default,
            cancellation);
        if (inquiry is null)
        {
            throw new CannotStartException($"There is no inquiry {reference} in this database.");
        }

        if (InquiryTransitions.Next(inquiry.State, InquiryTrigger.Release) is null)
        {
            throw new CannotStartException($"{reference} is {inquiry.State}: only inquiries that are Held, Quarantined or AwaitingPatient can be released.");
        }

        if (consent is not { ShareWithClinics: true })
        {
            throw new CannotStartException($"{reference} cannot be released: {HoldReason.NoConsentToShare.Sentence}");
        }

        if (inquiry.HoldReasons.Contains(HoldReason.ApprovalNeeded))
        {
            return await ApproveAsync(database, inquiry, output, cancellation);
        }

        // A suspected robot was not written to; now that a person has read it, its sender hears that we have it.
        var acknowledgement = inquiry.State == InquiryState.Quarantined && patient is not null
            ? services.GetRequiredService<MailWriter>().Acknowledgement(inquiry, patient, held: false, urgent: false)
            : null;
        try
        {
            await database.WriteAsync(
                async tx =>
                {
                    if (acknowledgement is not null)
                    {
                        await MailStore.AddAsync(tx, acknowledgement);
                    }

                    var actor = Actor.Coordinator(Environment.UserName);
                    var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Release, actor, ScreeningDetails.OfRelease(inquiry, offers)));
                    await InquiryLinkStore.RejectHoldingAsync(tx, inquiry.Id, actor);
                    await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = inquiry.Id, Version = version });
                },
                cancellation: cancellation);
        }
        catch (ConflictException exception)
        {
            throw new CannotStartException($"{reference} was changed by somebody else at this moment. Look at it again with: InquiryRouter list --held", exception);
        }

        await output.WriteLineAsync($"{reference} is released and goes on to matching.");
        return 0;
    }

    /// <summary>The yes a decision waited for: it is offered as it was decided, with the gates asked again.</summary>
    private static async Task<int> ApproveAsync(Database database, InquiryRecord inquiry, TextWriter output, CancellationToken cancellation)
    {
        var match = await database.ReadAsync(session => MatchStore.FindCandidatesAsync(session, inquiry.Id), cancellation)
            ?? throw new InvalidOperationException($"Inquiry {inquiry.Id} waits for approval without a stored match.");
        try
        {
            await database.WriteAsync(
                async tx =>
                {
                    var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Approve, Actor.Coordinator(Environment.UserName)));
                    await OutboxStore.AddAsync(tx, new InquiryMatched { InquiryId = inquiry.Id, Version = version, MatchId = match.Id });
                },
                cancellation: cancellation);
        }
        catch (ConflictException exception)
        {
            throw new CannotStartException($"{inquiry.Reference} was changed by somebody else at this moment. Look at it again with: InquiryRouter list --held", exception);
        }

        await output.WriteLineAsync($"{inquiry.Reference} is approved and is offered to {match.Clinics[0]}, or the next that fits now.");
        return 0;
    }
}
