using System.CommandLine;
using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>What a coordinator can do before there is a console: see what is held and why, and send it on.</summary>
internal static class CoordinatorCommands
{
    private const int MostListed = 500;

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var held = new Option<bool>("--held") { Description = "Inquiries that wait for a person: held, quarantined, or waiting for the patient.", Required = true };
        var list = new Command("list", "Lists inquiries.") { TreatUnmatchedTokensAsErrors = false };
        list.Add(held);
        list.SetAction((parsed, cancellation) => parsed.GetValue(held)
            ? ListAsync(parsed, output, cancellation)
            : throw new CannotStartException("Say which inquiries to list: InquiryRouter list --held"));
        root.Add(list);

        var reference = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        var release = new Command("release", "Sends a held inquiry on to matching: you have read it and it may go.") { TreatUnmatchedTokensAsErrors = false };
        release.Add(reference);
        release.SetAction((parsed, cancellation) => ReleaseAsync(parsed, parsed.GetValue(reference)!, output, cancellation));
        root.Add(release);
    }

    private static async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(CommandContext.Settings(parsed, Roles.Both));
        var database = services.GetRequiredService<Database>();
        var (held, waiting) = await database.ReadAsync(
            async session => (await InquiryStore.ListHeldAsync(session, MostListed), await InquiryStore.CountHeldAsync(session)), cancellation);
        if (held.Count == 0)
        {
            await output.WriteLineAsync("No inquiry waits for a coordinator.");
            return 0;
        }

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

            if (inquiry.Reasons.Contains(HoldReason.NoClinicFits) && await database.ReadAsync(session => MatchStore.FindNewestAsync(session, inquiry.Id), cancellation) is { } match)
            {
                await output.WriteLineAsync($"    clinics by the gate that stopped them: {string.Join(", ", match.RejectedByGate.Select(g => $"{g.Key} {g.Value.Split(' ').Length}"))}");
            }
        }

        var shown = waiting > held.Count ? $" The {held.Count} that come first are shown." : string.Empty;
        await output.WriteLineAsync($"{waiting} {(waiting == 1 ? "inquiry waits" : "inquiries wait")}.{shown} Send one on with: InquiryRouter release REFERENCE");
        return 0;
    }

    private static async Task<int> ReleaseAsync(ParseResult parsed, string typed, TextWriter output, CancellationToken cancellation)
    {
        if (!Reference.TryParse(typed, out var reference))
        {
            throw new CannotStartException($"'{typed}' is not a reference. It looks like IR-7K3M-9Q2P; check it for typing mistakes.");
        }

        await using var services = CommandContext.Open(CommandContext.Settings(parsed, Roles.Both));
        var database = services.GetRequiredService<Database>();
        var (inquiry, consent, patient) = await database.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id
                ? (await InquiryStore.FindAsync(session, id), await InquiryStore.FindConsentAsync(session, id), await InquiryStore.FindPatientAsync(session, id))
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
                    var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Release, actor, ScreeningDetails.OfRelease(inquiry)));
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
}
