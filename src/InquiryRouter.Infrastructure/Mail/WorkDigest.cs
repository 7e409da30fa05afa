using System.Globalization;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>What the coordinators are told of at once: references, codes and numbers only.</summary>
/// <param name="New">Of what nobody has told them, what comes first.</param>
/// <param name="NotNamed">How much more of that there is.</param>
/// <param name="Open">How much is open in all, once a day; none: this is no mail of the day.</param>
/// <param name="Withheld">Acknowledgements that were not sent in the last 24 hours, once a day.</param>
/// <param name="Zone">In which its moments are told.</param>
public sealed record WorkDigest(IReadOnlyList<OpenWork> New, int NotNamed, IReadOnlyList<WorkCount> Open, long Withheld, TimeZoneInfo Zone)
{
    internal MailFields Fields(MailLinks links)
    {
        var fields = new MailFields
        {
            ["title"] = Open.Count > 0 || Withheld > 0 ? "mail.workDigest.subjectDay" : "mail.workDigest.subject",
            ["number"] = New.Count + NotNamed,
            ["open"] = Open.Sum(c => c.Number),
            ["late"] = Open.Sum(c => c.Late),
            ["lines"] = New.Select(w => Line(w, links)).ToArray(),
            ["more"] = NotNamed,
            ["counts"] = Open.Select(c => string.Create(CultureInfo.InvariantCulture, $"{WorkKinds.Code(c.Kind)}: {c.Number}")).ToArray(),
            ["withheld"] = Withheld,
        };
        return fields;
    }

    private string Line(OpenWork work, MailLinks links) => string.Create(CultureInfo.InvariantCulture,
        $"{work.Reference ?? work.ClinicCode ?? "mail"}: {WorkKinds.Sentence(work.Kind)} ({TimeZoneInfo.ConvertTime(work.DueAt, Zone):yyyy-MM-dd HH:mm} {ZoneName}){Link(work, links)}");

    private string ZoneName => Zone.BaseUtcOffset == TimeSpan.Zero && !Zone.SupportsDaylightSavingTime ? "UTC" : Zone.Id;

    private static string Link(OpenWork work, MailLinks links) => work.Reference is { } reference ? $" {links.Console(reference)}" : string.Empty;
}
