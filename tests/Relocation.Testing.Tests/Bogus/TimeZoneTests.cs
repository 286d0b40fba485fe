using Xunit;

namespace Relocation.Testing.Tests.Bogus;

/// <summary>Changes the time zone of the whole process, so it runs alone.</summary>
[Collection(nameof(TimeZoneTests))]
[CollectionDefinition(nameof(TimeZoneTests), DisableParallelization = true)]
public sealed class TimeZoneTests
{
    [Fact]
    public async Task Backup_is_the_same_bytes_in_every_time_zone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows takes no time zone from the environment.");
        var before = Environment.GetEnvironmentVariable("TZ");
        var texts = new List<string>();
        try
        {
            foreach (var zone in (string[])["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"])
            {
                Environment.SetEnvironmentVariable("TZ", zone);
                TimeZoneInfo.ClearCachedData();
                Assert.Equal(zone, TimeZoneInfo.Local.Id);
                using var stream = new MemoryStream();
                await SyntheticBackup.For(LibraryModel.Make(), new SyntheticBackupOptions { Seed = 5, RecordsPerModel = 50 })
                    .WriteAsync(stream, TestContext.Current.CancellationToken);
                texts.Add(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }

        Assert.Single(texts.Distinct());
    }
}
