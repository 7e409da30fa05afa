using InquiryRouter.Settings;
using Microsoft.Extensions.Configuration;

namespace InquiryRouter.Tests.Settings;

public sealed class ScreeningSettingsTests
{
    [Fact]
    public void What_is_not_set_is_as_documented()
    {
        var screening = Load().Screening;

        Assert.Equal((60, 180), (screening.SpamThreshold, screening.DuplicateWindowDays));
    }

    [Theory]
    [InlineData("Screening:SpamThreshold", "0")]
    [InlineData("Screening:SpamThreshold", "1001")]
    [InlineData("Screening:SpamThreshold", "many")]
    [InlineData("Screening:DuplicateWindowDays", "-1")]
    [InlineData("Screening:DuplicateWindowDays", "3651")]
    [InlineData("Screening:Threshold", "60")]
    public void What_cannot_work_is_named(string setting, string value) =>
        Assert.Contains(setting, Assert.Single(Assert.Throws<BadSettingsException>(() => Load((setting, value))).Problems), StringComparison.Ordinal);

    private static AppSettings Load(params (string Name, string Value)[] settings) => SettingsLoader.Load(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build(), "Production", Roles.Both);
}
