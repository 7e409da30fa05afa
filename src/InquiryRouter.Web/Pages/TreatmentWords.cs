using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Pages;

/// <summary>What a clinic has said of a booking and a treatment, in words: the same on its page and on the patient's.</summary>
internal static class TreatmentWords
{
    public static IEnumerable<Row> Rows(ReferralRecord referral, Words words) => Rows(
        referral.BookedOn, referral.TreatedOn, referral.PaidAmount, referral.PaidCurrency, referral.DisputedAt, words);

    public static IEnumerable<Row> Rows(
        DateOnly? bookedOn, DateOnly? treatedOn, decimal? paidAmount, string? paidCurrency, DateTimeOffset? disputedAt, Words words)
    {
        if (bookedOn is { } booked)
        {
            yield return new Row(words["report.bookedOn"], words.Day(booked));
        }

        if (treatedOn is { } treated)
        {
            yield return new Row(words["report.treatedOn"], words.Day(treated));
        }

        if (paidAmount is { } amount && paidCurrency is { } currency)
        {
            yield return new Row(words["report.paid"], words.Money(amount, currency));
        }

        if (disputedAt is not null)
        {
            yield return new Row(words["report.patient"], words["report.disputed"]);
        }
    }
}
