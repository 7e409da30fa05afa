using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Where the operator has said how they are paid, patients read it.</summary>
public sealed class PaidTests : AppTests
{
    internal override AppSetup Setup => new AppSetup().With("Facilitator:PaidBy", "Clinics").With("Facilitator:PaidNote", "10 % of what you pay <them>.");

    [Fact]
    public async Task It_stands_on_the_sheet_of_questions_in_the_readers_language_with_the_operators_own_words()
    {
        using var browser = App.NewBrowser();
        using var response = await browser.GetAsync("/questions?lang=es");
        var page = await Page.OfAsync(response);

        Assert.Contains("Las clínicas nos pagan cuando un paciente llega a ellas", page.Text, StringComparison.Ordinal);
        Assert.Contains("el programa que las elige no lo sabe", page.Text, StringComparison.Ordinal);
        Assert.Contains("10 % of what you pay &lt;them&gt;.", page.Html, StringComparison.Ordinal);
    }
}
