using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Status;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Patient;

/// <summary>Something that was written, by whom and when.</summary>
/// <param name="Title">Who and when, or of a mail its subject.</param>
/// <param name="Text">Null: only that it was.</param>
public sealed record CopiedText(string Title, string? Text);

/// <summary>Everything held about the patient, as a page to read and to print.</summary>
public sealed record PatientCopy(
    string Link, string Reference, string MadeAt, IReadOnlyList<Row> Asked, IReadOnlyList<Row> Consents, IReadOnlyList<Row> Clinics,
    IReadOnlyList<CopiedText> Quotes, IReadOnlyList<CopiedText> Written, IReadOnlyList<CopiedText> Mails, IReadOnlyList<Row> History);

/// <summary><c>/status/copy</c>: the patient's own copy in words; the file has the same with every technical detail.</summary>
internal sealed class CopyPages(
    StatusVisits visits, StatusPages pages, ExportPatient export, NetworkCache networks, PageLanguage language)
{
    private Words Words => language.Words;

    public Task<IResult> GetAsync(HttpContext context) => visits.ShowAsync(context, async visit =>
        await visits.CaseAsync(visit, context.RequestAborted) is { } found
            && await pages.LoadAsync(visit.InquiryId, visit.Link, null, null, context.RequestAborted) is { } status
            && await export.RunAsync(visit.InquiryId, context.RequestAborted) is { } record
            ? PageResults.Page<PatientCopyPage>(await CopyAsync(found.Inquiry, status, record, context.RequestAborted))
            : null);

    private async Task<PatientCopy> CopyAsync(
        InquiryRecord inquiry, StatusPageModel status, PatientRecord record, CancellationToken cancellation)
    {
        var names = (await networks.CurrentAsync(cancellation)).ByCode;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(inquiry.Facts.TimeZone);
        string At(DateTimeOffset moment) => Words.Moment(moment, zone);
        string Clinic(string code) => names.TryGetValue(code, out var clinic) ? clinic.Name : Words["clinics.other"];
        return new PatientCopy(
            status.Link, inquiry.Reference, At(record.ExportedAt), status.Sent.Rows,
            [.. record.Consents.Select(c => new Row(At(c.At), Words.List(Agreed(c))))],
            [
                .. record.Referrals.SelectMany(r => TreatmentWords.Rows(r.BookedOn, r.TreatedOn, r.PaidAmount, r.PaidCurrency, r.DisputedAt, Words)
                    .Prepend(new Row(Clinic(r.Clinic.Code), Words.Text("status.copy.asked", ("moment", At(r.OfferedAt)))))),
            ],
            [.. record.Quotes.Select(q => new CopiedText($"{Clinic(q.Clinic)}, {At(q.At)}", Quoted(q)))],
            [
                .. record.Notes.Where(n => n.Kind != nameof(NoteKind.CheckIn)).Select(n => new CopiedText(
                    $"{By(n.Author)}{(n.Clinic is null ? null : $" ({Clinic(n.Clinic)})")}, {At(n.At)}", Written(n))),
                .. record.Drafts.Where(d => d.Text is not null)
                    .Select(d => new CopiedText($"{Words["status.copy.draft"]}, {At(d.At)}", d.Text)),
            ],
            [
                .. record.Mails.Where(m => m.Text is not null)
                    .Select(m => new CopiedText($"{m.Subject}, {At(m.SentAt ?? m.CreatedAt)}", m.Text)),
            ],
            status.History);
    }

    // Answers about health are kept as codes.
    private string Written(NotePart note) => note.Kind != nameof(NoteKind.Health) ? note.Text
        : string.Join('\n', HealthWords.Rows(HealthAnswers.Parse(note.Text), Words).Select(r => $"{r.Label}: {r.Text}"));

    private string By(string author) => Words["status.copy.by." + author.ToLowerInvariant()];

    private string Quoted(QuotePart quote) => string.Join('\n', [
        .. quote.Items.Select(i =>
            $"{Words["quote.item." + i.Item]}: {(i.Amount is { } amount ? Words.Money(amount, quote.Currency) : Words["quote.included"])}"),
        $"{Words["quote.total"]}: {Words.Money(quote.Total, quote.Currency)}",
        .. quote.Terms is { } terms
            ? QuoteTermsWords.Lines(Words, toPatient: true).Select(l => (l.Label, Says: l.Says(terms, quote.Currency)))
                .Where(l => l.Says is not null).Select(l => $"{l.Label}: {l.Says}")
            : [],
        .. quote.Remark is { } remark ? [remark] : Array.Empty<string>(),
    ]);

    private IEnumerable<string> Agreed(ConsentPart consent)
    {
        if (consent is { Contact: false, ShareWithClinics: false, Marketing: false })
        {
            yield return Words["status.copy.consent.nothing"];
        }

        if (consent.Contact)
        {
            yield return Words["form.consent.contact"];
        }

        if (consent.ShareWithClinics)
        {
            yield return Words["form.consent.shareWithClinics"];
        }

        if (consent.Marketing)
        {
            yield return Words["form.consent.marketing"];
        }
    }
}
