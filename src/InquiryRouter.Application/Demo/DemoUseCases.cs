using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Application.Demo;

/// <summary>Registers those who play, beside everything they use.</summary>
public static class DemoUseCases
{
    /// <param name="services">A program of its own on a database of its own, which nothing else uses.</param>
    /// <param name="clock">Its time.</param>
    public static IServiceCollection AddPlayers(this IServiceCollection services, DemoClock clock)
    {
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<DemoPost>();
        services.AddSingleton<ClinicPart>();
        services.AddSingleton<PatientPart>();
        services.AddSingleton<CoordinatorPart>();
        services.AddSingleton<PlayLives>();
        services.AddSingleton<RetellLives>();
        return services;
    }
}
