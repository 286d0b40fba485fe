using System.Net;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Relocation.Testing.Tests.Sentry;

public sealed class ImportOptionsOfRelocationsTests
{
    private static readonly string[] OfTheRelocation =
    [
        nameof(SentryImportOptions.Version), nameof(SentryImportOptions.Flags), nameof(SentryImportOptions.Seed), nameof(SentryImportOptions.Clock),
        nameof(SentryImportOptions.Logger), nameof(SentryImportOptions.IsResumable), nameof(SentryImportOptions.Progress), nameof(SentryImportOptions.Confirm),
        nameof(SentryImportOptions.Stop), nameof(SentryImportOptions.Import),
    ];

    [Fact]
    public void What_a_relocation_does_not_decide_stays_as_it_is_given()
    {
        var given = new SentryImportOptions
        {
            Silo = SentrySilo.Region,
            UnresolvedReferences = UnresolvedReferencePolicy.Fail,
            HashPasswords = true,
            UrlPrefix = "https://sentry.example.com",
            FindRegion = static (IPAddress _) => null,
            RegionName = "us",
            DangerouslyAllowAnyDatabaseName = true,
            ChunkSize = 7,
            UnknownModels = DriftPolicy.Refuse,
            Triggers = TriggerPolicy.HoldBack,
            NothingTaken = DriftPolicy.Refuse,
            UnknownFields = DriftPolicy.Refuse,
            AbsentFields = DriftPolicy.Refuse,
            JsonTexts = JsonTextReading.AsText,
            KeepReferences = true,
            IncludeValuesInErrors = true,
            Limits = new BackupLimits(),
            WaitLimit = TimeSpan.FromSeconds(3),
            Widening = WideningPolicy.LeaveOut,
            SuspendedUsers = WideningPolicy.Nearest,
        };

        var made = given.For("24.7.0", new SentryImportFlags(), 5, TimeProvider.System, NullLogger.Instance);

        Assert.Equal(("24.7.0", 5L), (made.Version, made.Seed));
        foreach (var property in typeof(SentryImportOptions).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.SetMethod is not null && !OfTheRelocation.Contains(property.Name)))
        {
            Assert.NotEqual(property.GetValue(new SentryImportOptions()), property.GetValue(given));
            Assert.Equal(property.GetValue(given), property.GetValue(made));
        }
    }
}
