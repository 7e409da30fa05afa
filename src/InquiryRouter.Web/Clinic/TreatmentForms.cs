using System.Globalization;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Intake;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Clinic;

/// <summary>The day of a booking or a treatment as it was typed, and what was agreed on or paid, which may be left empty.</summary>
/// <param name="Form">The last part of the address it is sent to.</param>
/// <param name="Problem">What is wrong with it; null: nothing.</param>
public sealed record TreatmentTyped(string Form, string On, string Amount, string Currency, string? Problem = null);

/// <summary>Reads what a clinic says of a booking or a treatment.</summary>
internal static class TreatmentForms
{
    private const decimal Highest = 1_000_000_000_000m;

    // A clinic may be late to tell us; nobody books for longer ahead.
    private const int MostDaysAgo = 3 * 366;
    private const int MostDaysAhead = 2 * 366;

    /// <param name="isPast">It has been: a treatment.</param>
    /// <returns>What it says, or the key of what is wrong, with the form as it was typed.</returns>
    public static (ReportedTreatment Says, string? Problem, TreatmentTyped Form) Read(
        IFormCollection form, ReferenceLists lists, DateOnly today, bool isPast)
    {
        var typed = new TreatmentTyped(string.Empty, form["on"].ToString(), form["amount"].ToString(), form["currency"].ToString());
        var amount = FormNumbers.Amount(typed.Amount, []);
        var currency = Typed.Code(typed.Currency) ?? string.Empty;
        DateOnly? on = DateOnly.TryParseExact(
            Typed.Number(typed.On), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        var latest = isPast ? today : today.AddDays(MostDaysAhead);
        var problem = on is null || on < today.AddDays(-MostDaysAgo) || on > latest
            ? isPast ? "referral.error.treatedOn" : "referral.error.bookedOn"
            : amount is null && Typed.Number(typed.Amount) is null ? null
            : amount is not (> 0 and <= Highest) || decimal.Round(amount.Value, 2) != amount || !lists.Currencies.ContainsKey(currency)
                ? "referral.error.paid" : null;
        return (new ReportedTreatment(on, amount, amount is null ? null : currency), problem, typed);
    }
}
