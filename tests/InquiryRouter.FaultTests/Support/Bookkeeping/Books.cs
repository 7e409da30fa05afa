using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging.Abstractions;

namespace InquiryRouter.FaultTests.Support.Bookkeeping;

/// <summary>What is still to be done before everything accepted has its clinic and its mails.</summary>
internal sealed record Unfinished(long Outbox, long Inquiries, long Mails)
{
    public bool IsNothing => this is { Outbox: 0, Inquiries: 0, Mails: 0 };
}

/// <summary>
/// What the installation has written down, read from its SQLite file on a read-only connection. Closed while servers are killed: a reader
/// would keep alive what their restart has to recover.
/// </summary>
internal sealed class Books : IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly PatientVault _vault;

    public Books(string dataDirectory)
    {
        var data = new DataOptions { Directory = dataDirectory };
        _database = new SqliteDatabase(
            $"Data Source={data.SqliteFile};Mode=ReadOnly", TimeProvider.System, new CommitSignals(), NullLogger<SqliteDatabase>.Instance);
        _vault = new PatientVault(MasterKeyRing.Load(new PrivacyOptions(), data.MasterKeyFile, mayCreate: false));
    }

    public async Task<Unfinished> UnfinishedAsync()
    {
        var row = await _database.ReadAsync(session => session.QuerySingleOrDefaultAsync<UnfinishedRow>(
            """
            SELECT (SELECT COUNT(*) FROM Outbox WHERE State = 0) AS Outbox,
                (SELECT COUNT(*) FROM Inquiry WHERE State IN ('Received', 'Screened', 'Matched')) AS Inquiries,
                (SELECT COUNT(*) FROM Mail WHERE State < 2) AS Mails
            """));
        return new Unfinished(row!.Outbox, row.Inquiries, row.Mails);
    }

    /// <summary>Everything that is reckoned with, as of one moment.</summary>
    public Task<Accounts> ReadAsync() => _database.ReadAsync(async session => new Accounts
    {
        Inquiries = await ReadInquiriesAsync(session),
        Referrals = [.. await session.QueryAsync<ReferralRow>("SELECT Id, InquiryId, ClinicCode, State, CapWeek FROM Referral")],
        FollowUps = [.. await session.QueryAsync<FollowUpRow>("SELECT AboutId, State FROM FollowUp WHERE Kind = 'OfferExpiry'")],
        Mails = [.. await session.QueryAsync<MailRow>("SELECT Id, InquiryId, AboutId, Kind, State, Attempts, Unknowns FROM Mail")],
        Outbox = [.. await session.QueryAsync<OutboxRow>("SELECT Type, State, Attempts, LastError FROM Outbox WHERE State <> 1")],
        ParkedMessages = [.. (await session.QueryAsync<IdRow>("SELECT MessageId AS Id FROM Outbox WHERE State = 2")).Select(r => r.Id)],
        Suggested = [.. (await session.QueryAsync<IdRow>(
            """
            SELECT DISTINCT L.InquiryId AS Id FROM InquiryLink L INNER JOIN Inquiry I ON I.Id = L.InquiryId
            WHERE L.State = 'Suggested' AND I.State NOT IN ('Quarantined', 'Closed', 'Erased')
              AND NOT (I.State = 'Held' AND I.HoldReasons LIKE '%possible-duplicate%')
            """)).Select(r => r.Id)],
        Work = [.. await session.QueryAsync<WorkRow>("SELECT Kind, SubjectId FROM Work WHERE ClosedAt IS NULL AND ClinicCode IS NULL")],
        Loads = [.. await session.QueryAsync<LoadRow>("SELECT ClinicCode, Week, Offered FROM ClinicLoad")],
        ClinicEmails = (await session.QueryAsync<ClinicRow>("SELECT Code, Email FROM Clinic")).ToDictionary(c => c.Code, c => c.Email, StringComparer.Ordinal),
    });

    /// <summary>The inquiries that these status links open, by the link's token; a link that opens nothing is left out.</summary>
    public Task<Dictionary<string, InquiryId>> OpenAsync(IEnumerable<string> tokens) => _database.ReadAsync(async session =>
    {
        var opened = new Dictionary<string, InquiryId>(StringComparer.Ordinal);
        foreach (var token in tokens)
        {
            if (await AccessLinkStore.FindAsync(session, token, LinkPurpose.Status) is { } link)
            {
                opened[token] = new InquiryId(link.SubjectId);
            }
        }

        return opened;
    });

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<IReadOnlyList<InquiryAccount>> ReadInquiriesAsync(Session session)
    {
        var inquiries = new List<InquiryAccount>();
        foreach (var row in await session.QueryAsync<InquiryRow>("SELECT Id, Reference, State, AuditHash FROM Inquiry ORDER BY Seq"))
        {
            var patient = _vault.Open((await InquiryStore.FindPatientAsync(session, row.Id))!);
            inquiries.Add(new InquiryAccount(
                row.Id, row.Reference, row.State, Posting.NumberOf(patient.ContactEmail),
                HistoryIsIntact: AuditChain.IsIntact(await InquiryStore.AuditAsync(session, row.Id), row.AuditHash)));
        }

        return inquiries;
    }

    private sealed class IdRow
    {
        public Guid Id { get; init; }
    }

    private sealed class UnfinishedRow
    {
        public long Outbox { get; init; }

        public long Inquiries { get; init; }

        public long Mails { get; init; }
    }

    private sealed class InquiryRow
    {
        public InquiryId Id { get; init; }

        public string Reference { get; init; } = "";

        public string State { get; init; } = "";

        public byte[] AuditHash { get; init; } = [];
    }

    private sealed class ClinicRow
    {
        public string Code { get; init; } = "";

        public string Email { get; init; } = "";
    }
}

/// <summary>What the books say, table by table.</summary>
internal sealed record Accounts
{
    public required IReadOnlyList<InquiryAccount> Inquiries { get; init; }

    public required IReadOnlyList<ReferralRow> Referrals { get; init; }

    /// <summary>Those that end an offer.</summary>
    public required IReadOnlyList<FollowUpRow> FollowUps { get; init; }

    public required IReadOnlyList<MailRow> Mails { get; init; }

    /// <summary>Messages that were not sent, or are parked.</summary>
    public required IReadOnlyList<OutboxRow> Outbox { get; init; }

    public required IReadOnlyList<Guid> ParkedMessages { get; init; }

    /// <summary>Inquiries that may be of a patient there is, where nothing else says so: invented names are alike at times.</summary>
    public required IReadOnlyList<Guid> Suggested { get; init; }

    /// <summary>What needs a person, about inquiries, mails and messages.</summary>
    public required IReadOnlyList<WorkRow> Work { get; init; }

    public required IReadOnlyList<LoadRow> Loads { get; init; }

    public required IReadOnlyDictionary<string, string> ClinicEmails { get; init; }
}

/// <param name="Patient">The number of the invented patient, out of the sealed address.</param>
internal sealed record InquiryAccount(InquiryId Id, string Reference, string State, int Patient, bool HistoryIsIntact);

internal sealed class ReferralRow
{
    public ReferralId Id { get; init; }

    public InquiryId InquiryId { get; init; }

    public string ClinicCode { get; init; } = "";

    public string State { get; init; } = "";

    public DateOnly CapWeek { get; init; }
}

internal sealed class FollowUpRow
{
    public Guid AboutId { get; init; }

    /// <summary>0: still to come.</summary>
    public int State { get; init; }
}

internal sealed class MailRow
{
    public Guid Id { get; init; }

    public InquiryId InquiryId { get; init; }

    public Guid AboutId { get; init; }

    public MailKind Kind { get; init; }

    public MailState State { get; init; }

    public int Attempts { get; init; }

    public int Unknowns { get; init; }
}

internal sealed class OutboxRow
{
    public string Type { get; init; } = "";

    /// <summary>0: not sent; 2: parked.</summary>
    public int State { get; init; }

    public int Attempts { get; init; }

    public string? LastError { get; init; }
}

internal sealed class WorkRow
{
    public string Kind { get; init; } = "";

    public Guid SubjectId { get; init; }
}

internal sealed class LoadRow
{
    public string ClinicCode { get; init; } = "";

    public DateOnly Week { get; init; }

    public int Offered { get; init; }
}
