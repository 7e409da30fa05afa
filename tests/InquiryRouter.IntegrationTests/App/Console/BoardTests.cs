using System.Net;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Inquiries by where they stand, with what can be done to each.</summary>
public sealed class BoardTests : AppTests
{
    [Fact]
    public async Task Each_column_says_how_many_are_there_and_has_what_is_most_urgent_at_the_top()
    {
        var held = await HeldAsync(An.Inquiry().BornIn(2015));
        var urgent = await HeldAsync(An.Inquiry().Saying("I have chest pain now."));
        var referred = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(referred.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var columns = await App.Services.GetRequiredService<ReadBoard>().RunAsync(CancellationToken.None);
        var page = await ana.GetAsync("/console/board");

        var column = columns.Single(c => c.State == InquiryState.Held);
        Assert.Equal((2, true), (column.Number, column.IsAll));
        Assert.Equal([urgent.Reference, held.Reference], column.Cards.Select(c => c.Reference));
        Assert.Equal(
            (1L, false, referred.Reference), columns.Where(c => c.State == InquiryState.Referred).Select(c => (c.Number, c.IsAll, c.Cards[0].Reference)).Single());
        Assert.All(new[] { held, urgent, referred }, one => Assert.Contains(one.Reference, page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("draggable", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_more_than_the_first_of_a_column_are_shown_and_the_rest_is_a_link()
    {
        var first = await App.SubmitAsync(An.Inquiry().BornIn(2015));
        await App.ReachesAsync(first.Reference, InquiryState.Held);
        await App.Database.WriteAsync(async tx =>
        {
            for (var i = 0; i < ReadBoard.MostCards + 5; i++)
            {
                await tx.ExecuteAsync(
                    """
                    INSERT INTO Inquiry (Id, Reference, State, Version, ReceivedAt, ChangedAt, Relation, Country, Language, TimeZone, BirthYear, ConditionCode, TreatmentCode,
                        CellSource, Destinations, Timeframe, IntakeFlags, HoldReasons, Urgent, AuditHash, AuditCount)
                    SELECT @id, @reference, 'Booked', Version, ReceivedAt, ChangedAt, Relation, Country, Language, TimeZone, BirthYear, ConditionCode, TreatmentCode,
                        CellSource, Destinations, Timeframe, IntakeFlags, HoldReasons, Urgent, AuditHash, AuditCount FROM Inquiry WHERE Reference = @first
                    """,
                    new { id = InquiryId.New(), reference = Reference.New(), first = first.Reference });
            }
        });
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var column = (await App.Services.GetRequiredService<ReadBoard>().RunAsync(CancellationToken.None)).Single(c => c.State == InquiryState.Booked);

        Assert.Equal((ReadBoard.MostCards + 5, ReadBoard.MostCards), (column.Number, column.Cards.Count));
        Assert.Contains("/console/list?state=Booked", (await ana.GetAsync("/console/board")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_of_a_card_has_what_is_possible_now_and_this_role_may_as_a_page_and_as_a_part()
    {
        var held = await HeldAsync(An.Inquiry().BornIn(2015));
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var auditor = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);

        var page = await ana.GetAsync($"/console/board/{held.Reference}");
        Assert.Contains("Release", page.Text, StringComparison.Ordinal);
        Assert.Contains($"/console/inquiries/{held.Reference}?open=ask#ask", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Open it again", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing, as things stand", (await auditor.GetAsync($"/console/board/{held.Reference}")).Text, StringComparison.Ordinal);

        ana.Http.DefaultRequestHeaders.Add("HX-Request", "true");
        var part = await ana.GetAsync($"/console/board/{held.Reference}");
        Assert.DoesNotContain("<html", part.Html, StringComparison.Ordinal);
        Assert.Contains("Ask the patient", part.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync("/console/board/IR-0000-0000")).Status);
    }

    private async Task<Submitted> HeldAsync(InquiryBuilder inquiry)
    {
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        return submitted;
    }
}
