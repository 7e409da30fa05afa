using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Sqlite.Lives;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Packing;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Demo;

/// <summary>
/// Tells what became of an inquiry again, of somebody else and whole weeks earlier: the rows that playing it would have written, sealed
/// under a key of the copy, with links, tokens and a history of its own.
/// </summary>
internal sealed class RetellLife(
    IReadOnlyList<IReadOnlyList<string>> columns, DemoLives lives, PatientVault vault, KeyedHash hash, Func<DateTimeOffset,
        MatchIndex?> indexes, Policy policy)
{
    private const int DaysOfWeek = 7;

    // What deliveries leave behind is swept long before.
    private static readonly string[] s_swept = ["Outbox", "OutboxHistory", "Inbox", "MailRequest", "MailTry", "MailAside"];

    private readonly ConcurrentDictionary<string, bool> _references = new(StringComparer.Ordinal);

    private readonly int[] _swept = [.. s_swept.Select(LifeReader.PlaceOf)];

    /// <summary>These are taken.</summary>
    public void Knows(IEnumerable<string> references)
    {
        foreach (var reference in references)
        {
            _references.TryAdd(reference, true);
        }
    }

    /// <param name="life">What became of it.</param>
    /// <param name="number">Of who it is now: of nobody else.</param>
    /// <param name="weeks">How much earlier.</param>
    /// <returns>Rows by table; what is numbered on has no number yet.</returns>
    public List<object?[]>[] Tell(ToldLife life, int number, int weeks)
    {
        var days = -weeks * DaysOfWeek;
        var ids = NewIds(life, days);
        var told = LifeTables.OfInquiries.Select((_, table) => Array.IndexOf(_swept, table) >= 0 ? []
            : Rows(life, table, days, ids)).ToArray();
        var (person, texts) = lives.Another(number, life.Inquiry.Facts, life.Patient.Phone is not null);
        var patient = life.Patient with
        {
            Name = person.Name, Email = person.Mail, Phone = person.Phone, InquirerName = person.InquirerName,
                InquirerEmail = person.InquirerMail,
            Message = DemoLives.IsTelling(life.Patient.Message) ? life.Patient.Message : texts.Message,
                StatusToken = AccessLinkStore.NewToken(),
        };
        var id = new InquiryId(ids[life.Inquiry.Id.Value]);
        var sealedPatient = vault.Seal(id, patient);
        var reference = NewReference();
        var tokens = life.Tokens.ToDictionary(
            t => t.Key, t => t.Value == life.Patient.StatusToken ? patient.StatusToken : AccessLinkStore.NewToken(),
                StringComparer.Ordinal);

        Set(told, "InquiryPatient", "MasterKeyId", _ => sealedPatient.MasterKeyId);
        Set(told, "InquiryPatient", "WrappedKey", _ => sealedPatient.WrappedKey);
        Set(told, "InquiryPatient", "Sealed", _ => sealedPatient.Sealed);
        Set(told, "Inquiry", "Reference", _ => reference);
        Set(told, "Inquiry", "SourcePage", _ => texts.SourcePage);
        Set(told, "Inquiry", "SourceCampaign", _ => texts.SourceCampaign);
        Set(told, "Note", "Sealed", i => vault.SealFor(sealedPatient, life.Texts[("Note", i)]));
        Set(told, "Quote", "Sealed", i => vault.SealFor(sealedPatient, life.Texts[("Quote", i)]));
        Set(told, "AccessLink", "TokenHash", i => NewHash(life, i, tokens));
        var replaced = Replaced(life, patient, reference, tokens);
        Set(told, "MailBody", "Sealed", i => vault.SealFor(sealedPatient, MailPacking.Pack(Replace(life.Mails[i], replaced))));
        SetTokens(told, life, patient, id, days);
        SetDecisions(told, life, days);
        Chain(told, id);
        return told;
    }

    // Among a million some would be drawn twice.
    private string NewReference()
    {
        string reference;
        do
        {
            reference = Reference.New();
        }
        while (!_references.TryAdd(reference, true));

        return reference;
    }

    private static Dictionary<Guid, Guid> NewIds(ToldLife life, int days)
    {
        var milliseconds = life.Inquiry.ReceivedAt.AddDays(days).ToUnixTimeMilliseconds();
        var ids = new Dictionary<Guid, Guid>(life.Ids.Count);
        Span<byte> bytes = stackalloc byte[16];
        foreach (var id in life.Ids)
        {
            // Of version 7, like those of the program: of its moment, so that indexes grow at their end.
            RandomNumberGenerator.Fill(bytes);
            BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)milliseconds << 16) | 0x7000 | (
                BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x0fffu));
            bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
            ids[id] = new Guid(bytes, bigEndian: true);
        }

        // The answer to a question is found by the question.
        foreach (var id in life.Ids)
        {
            var answer = NoteStore.AnswerId(id);
            if (ids.ContainsKey(answer))
            {
                ids[answer] = NoteStore.AnswerId(ids[id]);
            }
        }

        return ids;
    }

    private static List<object?[]> Rows(ToldLife life, int table, int days, Dictionary<Guid, Guid> ids)
    {
        var rows = life.Rows.Tables[table];
        var told = new List<object?[]>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, kinds) = (rows[i], life.Kinds[table][i]);
            var values = new object?[row.Length];
            for (var j = 0; j < row.Length; j++)
            {
                values[j] = kinds[j] switch
                {
                    ToldValue.Id => ids[ToldLife.IdOf((byte[])row[j]!)].ToByteArray(bigEndian: true),
                    ToldValue.Moment or ToldValue.Day => ToldLife.Moved((string)row[j]!, kinds[j], days),
                    _ => row[j],
                };
            }

            told.Add(values);
        }

        return told;
    }

    private void Set(List<object?[]>[] told, string table, string column, Func<int, object?> value)
    {
        var (rows, at) = (told[LifeReader.PlaceOf(table)], Column(table, column));
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i][at] = value(i);
        }
    }

    private byte[] NewHash(ToldLife life, int row, Dictionary<string, string> tokens)
    {
        var was = (byte[])life.Rows.Of("AccessLink")[row][Column("AccessLink", "TokenHash")]!;
        return tokens.TryGetValue(Convert.ToHexString(was), out var token) ? AccessLinkStore.Hash(token)
            : RandomNumberGenerator.GetBytes(was.Length);
    }

    private static List<(string Was, string Is)> Replaced(ToldLife life, PatientData patient, string reference, Dictionary<string,
        string> tokens)
    {
        var replaced = new List<(string, string)> { (life.Inquiry.Reference, reference) };
        replaced.AddRange(life.Tokens.Select(t => (t.Value, tokens[t.Key])));
        foreach (var (was, now) in new[]
        {
            (life.Patient.InquirerName, patient.InquirerName), (life.Patient.Name, patient.Name),
                (life.Patient.InquirerEmail, patient.InquirerEmail),
            (life.Patient.Email, patient.Email), (life.Patient.Phone, patient.Phone),
        })
        {
            if (was is not null && now is not null)
            {
                replaced.Add((was, now));
                if (WebUtility.HtmlEncode(was) is var encoded && encoded != was)
                {
                    replaced.Add((encoded, WebUtility.HtmlEncode(now)));
                }
            }
        }

        return replaced;
    }

    private static MailContent Replace(MailContent mail, List<(string Was, string Is)> replaced)
    {
        string Say(string text) => replaced.Aggregate(text, (t, r) => t.Replace(r.Was, r.Is, StringComparison.Ordinal));
        return mail with
        {
            ToName = Say(mail.ToName), ToAddress = Say(mail.ToAddress), Subject = Say(mail.Subject), Text = Say(mail.Text),
                Html = Say(mail.Html),
            UnsubscribeUrl = mail.UnsubscribeUrl is { } url ? Say(url) : null,
        };
    }

    private void SetTokens(List<object?[]>[] told, ToldLife life, PatientData patient, InquiryId id, int days)
    {
        var rows = told[LifeReader.PlaceOf("SearchToken")];
        if (life.Rows.Of("SearchToken") is not [var first, ..])
        {
            return;
        }

        var at = ToldLife.Moved((string)first[Column("SearchToken", "At")]!, ToldValue.Moment, days);
        rows.Clear();
        foreach (var token in hash.SearchTokensOf(patient, life.Inquiry.Facts.BirthYear, withMessage: life.Rows.Of("SpamScore").Count > 0))
        {
            var row = new object?[first.Length];
            row[Column("SearchToken", "Token")] = token.Token;
            row[Column("SearchToken", "InquiryId")] = id.Value.ToByteArray(bigEndian: true);
            row[Column("SearchToken", "Kind")] = token.Kind.ToString();
            row[Column("SearchToken", "At")] = at;
            rows.Add(row);
        }
    }

    // Made again for its moment, so that it can be proven; where it would come to something else, as clinics were not yet what they are
    // now, it stays the decision that was made, of the moment it was made for.
    private void SetDecisions(List<object?[]>[] told, ToldLife life, int days)
    {
        var (rows, at) = (told[LifeReader.PlaceOf("MatchDecision")], Column("MatchDecision", "Decision"));
        for (var i = 0; i < rows.Count; i++)
        {
            if (life.Matches[i] is not { } match || indexes(match.At.AddDays(days)) is not { } index)
            {
                continue;
            }

            var moment = match.At.AddDays(days);
            var decision = Matcher.Match(life.Inquiry.Facts, index, policy, match.Load, moment);
            var again = MatchStore.Prepare(decision, match.Relaxations, match.Load, policy.MostOffers, moment);
            if (again.Candidates.SequenceEqual(match.Ranked.Select(r => r.Clinic), StringComparer.Ordinal))
            {
                rows[i][at] = again.Sealed;
            }
        }
    }

    private void Chain(List<object?[]>[] told, InquiryId id)
    {
        var previous = AuditChain.Start;
        foreach (var row in told[LifeReader.PlaceOf("AuditEntry")])
        {
            string Text(string column) => (string)row[Column("AuditEntry", column)]!;
            previous = AuditChain.Hash(
                previous, id, (int)(long)row[Column("AuditEntry", "Version")]!, ToldLife.MomentOf(Text("At")), Text("Action"),
                new Actor(Text("ActorKind"), Text("ActorName")), (string?)row[Column("AuditEntry", "Detail")]);
            row[Column("AuditEntry", "Hash")] = previous;
        }

        Set(told, "Inquiry", "AuditHash", _ => previous);
    }

    private int Column(string table, string column) => _places[(table, column)];

    private readonly Dictionary<(string, string), int> _places = columns
        .SelectMany((names, table) => names.Select((name, i) => ((LifeTables.OfInquiries[table].Name, name), i))).ToDictionary(p =>
            p.Item1, p => p.i);
}
