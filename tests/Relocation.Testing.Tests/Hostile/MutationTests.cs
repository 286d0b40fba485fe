using System.Security.Cryptography;
using Relocation.Testing.Specification.Synthetic;
using Relocation.Testing.Tests.Encryption;
using Xunit;

namespace Relocation.Testing.Tests.Hostile;

/// <summary>Whatever is done to backups, tarballs and rules files, what reads them without a database ends soon, with a result or an exception of ours.</summary>
public sealed class MutationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mutated_tarballs_are_opened_or_refused_in_words()
    {
        using var rsa = RSA.Create(2048);
        var json = await File.ReadAllBytesAsync(Repository.Fixture("shop", "complete.json"), Cancel);
        var good = await Tarballs.MakeAsync(System.Text.Encoding.UTF8.GetString(json), rsa);
        var members = Tarballs.Unpack(good).ToList();
        var decryptor = BackupDecryptor.FromPem(rsa.ExportPkcs8PrivateKeyPem());

        await new MutationRun("Tarballs", 10).RunAsync(
            (mutator, number, limit) =>
            {
                var tarball = number % 2 == 0
                    ? mutator.Bytes(good)
                    : Tarballs.Pack(members.Select((member, index) =>
                        (member.Key + (number % 8 == 7 ? "x" : string.Empty), index == number / 2 % members.Count ? mutator.Bytes(member.Value) : member.Value)));
                return Backup.FromUtf8(tarball, "tarball").DecryptedWith(decryptor).CopyToAsync(BackupDestination.ToStream(Stream.Null), limit);
            },
            refusal =>
            {
                Assert.True(refusal is EncryptionException or BackupFormatException, "is refused by another exception than ours.");
                return Task.CompletedTask;
            },
            Cancel);
    }

    [Fact]
    public async Task Mutated_backups_are_compared_sanitised_and_audited_or_refused_in_words()
    {
        var json = await File.ReadAllBytesAsync(Repository.Fixture("shop", "complete.json"), Cancel);
        var good = Backup.FromUtf8(json, "good");
        var model = SentryModel.Create(SqliteEngine.Instance);

        await new MutationRun("Backups without a database", 10).RunAsync(
            async (mutator, number, limit) =>
            {
                var backup = Backup.FromUtf8(mutator.Backup(json), "mutated");
                switch (number % 3)
                {
                    case 0:
                        await BackupComparer.CompareAsync(good, backup, cancellationToken: limit);
                        break;
                    case 1:
                        await BackupSanitizer.SanitizeAsync(backup, BackupDestination.ToStream(Stream.Null), new SanitizeOptions { Model = model }, limit);
                        break;
                    default:
                        await LeakAudit.RunAsync(backup, good, new LeakAuditOptions { Model = model }, limit);
                        break;
                }
            },
            refusal =>
            {
                Assert.True(refusal is RelocationException, "is refused by another exception than ours.");
                return Task.CompletedTask;
            },
            Cancel);
    }

    [Fact]
    public async Task Mutated_rules_files_are_read_and_applied_or_refused_in_words()
    {
        var model = SentryModel.Create(SqliteEngine.Instance);
        var good = System.Text.Encoding.UTF8.GetBytes("""
            {
              "sanitize": {
                "sentry.user": {"username": "user-name", "email": {"kind": "email"}, "name": "keep", "password": null},
                "sentry.organization": {"slug": {"kind": "slug", "of": "name"}, "name": "name", "status": {"kind": "constant", "value": {"a": [1, "b"]}}}
              },
              "drift": {
                "sentry.team": {"was": "sentry.group", "fields": {"name": {"was": ["title", "text"]}, "colour": "dropped", "slug": {"generate": "token:12"}, "status": {"default": 0}}},
                "sentry.draft": "dropped"
              }
            }
            """);

        await new MutationRun("Rules files", 10).RunAsync(
            (mutator, _, _) =>
            {
                var rules = RulesFile.Parse(System.Text.Encoding.UTF8.GetString(mutator.Backup(good)), "mutated");
                rules.ApplyTo(SentrySanitizing.Rules(model), model.WithRules(rules.BackupRules));
                return Task.CompletedTask;
            },
            refusal =>
            {
                Assert.True(refusal is RulesFileException or RelocationModelException, "is refused by another exception than ours.");
                return Task.CompletedTask;
            },
            Cancel);
    }
}
