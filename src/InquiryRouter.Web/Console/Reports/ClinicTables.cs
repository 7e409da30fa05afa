using System.Globalization;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reports;

namespace InquiryRouter.Web.Console.Reports;

/// <summary>How clinics did with what they were offered.</summary>
internal static class ClinicTables
{
    private const int MostBars = 20;

    /// <summary>What the list of a clinic's offers can be of, as its address and a person name it.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> Fates =
    [
        ("accepted", "accepted"), ("declined", "declined"), ("expired", "not answered in time"), ("withdrawn", "taken back"),
        ("booked", "booked"), ("treated", "treated"),
    ];

    private static readonly StackPart[] s_times =
        [new("within an hour", "s1"), new("4 hours", "s2"), new("a day (8 hours)", "s3"), new("two days", "s4"), new("longer", "s5")];

    public static IEnumerable<ReportTable> Of(ReportAddress address, IReadOnlyList<ClinicFigures> clinics, NetworkSnapshot network)
    {
        yield return new ReportTable(
            "clinics", "Clinics",
            $"Of what was offered in whole months, {Months(address.Period)}. Time to an answer is the clinic's own business time. "
            + "What patients said counts answers: that, and shares, lead to no list. "
            + (clinics.Count == Application.Reports.ReadReports.MostClinics ? $"The first {clinics.Count}." : string.Empty),
            [
                "Clinic", "Offered", "Accepted", "Of answerable", "Declined", "Not in time", "Taken back", "Booked", "Treated",
                "Answers in an hour", "In a day of business", "Patients: good", "Patients: bad",
            ],
            [.. clinics.Select(c => (IReadOnlyList<ReportCell>)
            [
                new($"{c.ClinicCode} {(network.ByCode.TryGetValue(c.ClinicCode, out var clinic) ? clinic.Name : "(not in the network any more)")}"),
                ReportCell.Of(c.Offered, Url(c, null)), ReportCell.Of(c.Accepted, Url(c, "accepted")), ReportCell.Percent(c.PercentAccepted),
                ReportCell.Of(c.Declined, Url(c, "declined")), ReportCell.Of(c.Expired, Url(c, "expired")),
                ReportCell.Of(c.Withdrawn, Url(c, "withdrawn")), ReportCell.Of(c.Booked, Url(c, "booked")), ReportCell.Of(c.Treated, Url(c, "treated")),
                ReportCell.Share(c.InHour, c.Timed), ReportCell.Percent(c.PercentInDay), ReportCell.Of(c.SaidWell), ReportCell.Of(c.SaidBadly),
            ])])
        {
            Stack = new StackModel(
                s_times,
                [.. clinics.Where(c => c.Timed > 0).Take(MostBars).Select(c => new StackRow(
                    c.ClinicCode, [c.InHour, c.InHalfDay, c.InDay, c.InTwoDays, c.Later], Url(c, null)))],
                IsShare: true),
        };

        string Url(ClinicFigures of, string? fate) => ReportEndpoints.OffersUrl(of.ClinicCode, address.Period, fate, null);
    }

    private static string Months(ReportPeriod period) => string.Create(
        CultureInfo.InvariantCulture, $"{period.From:MMMM yyyy} to {period.Until:MMMM yyyy}");
}
