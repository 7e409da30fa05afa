using System.Globalization;
using System.Text;

namespace InquiryRouter.Benchmarks.Report;

/// <summary>The text table: a row for each figure, a column for each scenario.</summary>
internal static class ReportTable
{
    private const int NameWidth = 34;
    private const int ColumnWidth = 14;

    public static string Format(BenchmarkReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.At:yyyy-MM-dd HH:mm}Z, {report.Processors} processors, {report.Runtime}, {report.System}");
        text.AppendLine(report.Server).AppendLine();
        var table = new Rows(text, report.Scenarios);
        table.Add("", s => s.Name);
        table.Add("connections / rate / window", s => $"{s.Connections} / {(s.Rate > 0 ? Number(s.Rate, 0) + "/s" : "full")} / {(s.Window > 0 ? Number(s.Window, 0) : "-")}");
        table.Add("posted", s => Number(s.Posted, 0));
        table.AddUnlessZero("due, but never posted", s => s.NeverPosted);
        table.Add("accepted (202)", s => Number(s.Accepted, 0));
        foreach (var status in report.Scenarios.SelectMany(s => s.Refused).Select(r => r.Status).Distinct(StringComparer.Ordinal))
        {
            table.Add("refused: " + status, s => Number(s.Refused.Where(r => string.Equals(r.Status, status, StringComparison.Ordinal)).Sum(r => r.Count), 0));
        }

        table.Add("completed", s => Number(s.Completed, 0));
        table.Add("accepted/s", s => Number(s.AcceptedPerSecond, 1));
        table.Add("completed/s", s => Number(s.CompletedPerSecond, 1));
        table.Add("posting, s", s => Number(s.PostingSeconds, 2));
        table.Add("to last completion, s", s => Number(s.SecondsToLastCompletion, 2));
        AddLatency(table, "submit to 202, ms", s => s.SubmitTo202);
        AddLatency(table, "submit to referral mail, ms", s => s.SubmitToReferralMail);
        table.Add("mails received", s => Number(s.Mails, 0));
        table.Add("mails doubled", s => Number(s.MailsDoubled, 0));
        table.Add("inquiries lost", s => Number(s.InquiriesLost, 0));
        table.Add("mails lost: acknowledgement", s => Number(s.AcknowledgementsLost, 0));
        table.Add("mails lost: referral", s => Number(s.ReferralsLost, 0));
        table.AddUnlessZero("mailed, but no answer had come", s => s.MailedWithoutAnswer);
        table.AddUnlessZero("further mails to the patient", s => s.FurtherPatientMails);
        table.AddUnlessZero("further mails to clinics", s => s.FurtherReferralMails);
        table.AddUnlessZero("clinic mails without reference", s => s.MailsUnreadable);
        table.AddUnlessZero("mails without Message-ID", s => s.MailsWithoutId);
        table.AddUnlessZero("mails of no inquiry here", s => s.MailsStray);
        table.Add("server CPU, s", s => Number(s.Usage.ServerCpuSeconds, 2));
        table.Add("server peak RSS, MB", s => Number(s.Usage.ServerPeakRssMb, 0));
        table.Add("this program CPU, s", s => Number(s.Usage.ClientCpuSeconds, 2));
        table.Add("this program peak RSS, MB", s => Number(s.Usage.ClientPeakRssMb, 0));
        table.Add("other processes CPU, s", s => Number(s.Usage.OtherCpuSeconds, 2));
        table.Add("machine busy, %", s => Number(s.Usage.MachineBusyPercent, 0));
        foreach (var s in report.Scenarios)
        {
            AddRemarks(text, s);
        }

        AddCeilings(text, report);
        return text.ToString();
    }

    // The share of each figure in what the machine can do of that thing alone; an inquiry needs two mails.
    private static void AddCeilings(StringBuilder text, BenchmarkReport report)
    {
        foreach (var ceiling in report.Ceilings)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{ceiling.Name.PadRight(NameWidth)}  {Number(ceiling.PerSecond, 1).PadLeft(ColumnWidth)}/s  {ceiling.Of}");
        }

        var best = report.Scenarios.Where(s => s.Rate <= 0).ToList();
        Share("accepted/s of bare group commit", best.Select(s => s.AcceptedPerSecond), "bare group commit", 1);
        Share("completed/s of bare MailKit, halved", best.Select(s => s.CompletedPerSecond), "bare MailKit", 2);

        void Share(string name, IEnumerable<double> figures, string of, int each)
        {
            if (report.Ceilings.FirstOrDefault(c => string.Equals(c.Name, of, StringComparison.Ordinal)) is { } ceiling && best.Count > 0)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{name.PadRight(NameWidth)}  {Number(figures.Max() * each / ceiling.PerSecond * 100, 0).PadLeft(ColumnWidth)} %");
            }
        }
    }

    private static void AddLatency(Rows table, string name, Func<ScenarioResult, Latency> of)
    {
        table.Add(name + ": p50", s => of(s).Count == 0 ? "-" : Number(of(s).P50, 2));
        table.Add(name + ": p99", s => of(s).Count == 0 ? "-" : Number(of(s).P99, 2));
        table.Add(name + ": max", s => of(s).Count == 0 ? "-" : Number(of(s).Max, 2));
    }

    private static void AddRemarks(StringBuilder text, ScenarioResult s)
    {
        foreach (var refused in s.Refused)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{s.Name}: {refused.Count} x {refused.Status}, for example: {refused.Example}");
        }

        if (s.Stalled)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{s.Name}: posting was given up, nothing was completed any more.");
        }
    }

    private static string Number(double? value, int decimals) =>
        value?.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) ?? "-";

    private sealed class Rows(StringBuilder text, IReadOnlyList<ScenarioResult> scenarios)
    {
        public void Add(string name, Func<ScenarioResult, string> cell)
        {
            text.Append(name.PadRight(NameWidth));
            foreach (var s in scenarios)
            {
                text.Append("  ").Append(cell(s).PadLeft(ColumnWidth));
            }

            text.AppendLine();
        }

        /// <summary>Figures that are 0 in a healthy run stay out of the way.</summary>
        public void AddUnlessZero(string name, Func<ScenarioResult, long> value)
        {
            if (scenarios.Any(s => value(s) != 0))
            {
                Add(name, s => Number(value(s), 0));
            }
        }
    }
}
