using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Intake;

namespace InquiryRouter.Commands;

/// <summary>Loads what decisions are made from: of a file, or of one that was made.</summary>
internal sealed class Decisions(ServiceProvider services)
{
    private readonly Database _database = services.GetRequiredService<Database>();
    private readonly NetworkCache _networks = services.GetRequiredService<NetworkCache>();
    private readonly PolicyCache _policies = services.GetRequiredService<PolicyCache>();
    private MatchIndex? _index;

    /// <summary>What a decision about the inquiry of a file would be made from now, and what screening would say of it before.</summary>
    public async Task<(DecisionInputs Inputs, ScreeningVerdict Screening)> OfFileAsync(FileInfo file, CancellationToken cancellation)
    {
        var now = _database.Clock.GetUtcNow();
        var inquiry = ReadInquiry(await File.ReadAllBytesAsync(file.FullName, cancellation), file.Name, now);
        var index = await services.GetRequiredService<MatchIndexCache>().AtAsync(now, cancellation);
        if (index.Network.Clinics.Count == 0)
        {
            throw new CannotStartException("There are no clinics yet. Run: InquiryRouter import clinics FILE");
        }

        var policy = await _policies.CurrentAsync(cancellation);
        var view = await _database.ReadAsync(session => LoadStore.ReadAsync(session, index.Network, policy), cancellation);
        return (new DecisionInputs(inquiry.Facts, index, policy, view.For(Guid.Empty, now, MatchLoad.None.Earlier), now), Screen(inquiry, now));
    }

    /// <summary>The four recorded inputs of a decision that was made.</summary>
    /// <exception cref="CannotStartException">One of them is not in this database.</exception>
    public async Task<DecisionInputs> OfStoredAsync(StoredMatch match, CancellationToken cancellation)
    {
        var inquiry = await _database.ReadAsync(session => InquiryStore.FindAsync(session, match.InquiryId), cancellation)
            ?? throw new CannotStartException($"The inquiry of decision {match.Id} is not in this database.");
        var policy = await _policies.AtAsync(match.PolicyVersion, cancellation)
            ?? throw new CannotStartException($"Policy version {match.PolicyVersion} is not in this database.");
        if (_index is null || _index.Network.Version != match.NetworkVersion || !_index.HoldsAt(match.At))
        {
            var network = _index?.Network.Version == match.NetworkVersion ? _index.Network
                : await _networks.AtAsync(match.NetworkVersion, cancellation)
                    ?? throw new CannotStartException($"Network version {match.NetworkVersion} is not in this database.");
            _index = new MatchIndex(network, match.At);
        }

        return new DecisionInputs(inquiry.Facts, _index, policy, match.Load, match.At);
    }

    // Whether the patient is known already is found out in the transaction that stores an inquiry: of a file it is not asked.
    private ScreeningVerdict Screen(NewInquiry inquiry, DateTimeOffset now) => services.GetRequiredService<Screener>().Screen(
        new ScreeningFacts { Inquiry = inquiry.Facts, Consent = inquiry.Consent, PatientName = inquiry.Patient.Name, Message = inquiry.Patient.Message },
        services.GetRequiredService<ScreeningPolicy>().SpamThreshold, now);

    private NewInquiry ReadInquiry(byte[] body, string name, DateTimeOffset now)
    {
        InquiryForm form;
        List<FieldError> errors;
        try
        {
            // Some editors begin a file with a byte order mark.
            (form, errors) = InquiryJson.Read(body.AsSpan().StartsWith("\uFEFF"u8) ? body[3..] : body);
        }
        catch (JsonException exception)
        {
            throw new CannotStartException($"{name} is not valid JSON; look at line {exception.LineNumber + 1}.", exception);
        }

        var english = services.GetRequiredService<LanguageSet>().English;
        var validator = new InquiryValidator(services.GetRequiredService<ReferenceLists>(), services.GetRequiredService<IFieldRules>());
        var (inquiry, invalid) = validator.Validate(form, string.Empty, now);
        return errors.Count == 0 && inquiry is not null
            ? inquiry
            : throw new CannotStartException($"{name} is not a complete inquiry:" + string.Concat(errors.Concat(invalid).Select(e => $"{Environment.NewLine}  {e.Field}: {english.Error(e)}")));
    }
}
