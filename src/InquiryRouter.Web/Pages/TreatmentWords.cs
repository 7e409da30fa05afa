using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Pages;

/// <summary>What a clinic has said of a booking and a treatment, in words: the same on its page and on the patient's.</summary>
internal static class TreatmentWords
{
    public static IEnumerable<Row> Rows(ReferralRecord referral, Words words)
    {
        if (referral.BookedOn is { } booked)
        {
            yield return new Row(words["report.bookedOn"], words.Day(booked));
        }

        if (referral.TreatedOn is { } treated)
        {
            yield return new Row(words["report.treatedOn"], words.Day(treated));
        }

        if (referral is { PaidAmount: { } amount, PaidCurrency: { } currency })
        {
            yield return new Row(words["report.paid"], words.Money(amount, currency));
        }

        if (referral.DisputedAt is not null)
        {
            yield return new Row(words["report.patient"], words["report.disputed"]);
        }
    }
}
