using Xunit;
using System.Formats.Tar;
using System.Security.Cryptography;

namespace Relocation.Testing.Tests.Encryption;

/// <summary>Encrypted tarballs, whole and spoiled.</summary>
internal static class Tarballs
{
    internal static string[] Members { get; } = ["export.json", "data.key", "key.pub"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A backup with one text of that length.</summary>
    internal static string Json(int length) => "[{\"model\":\"a.b\",\"pk\":1,\"fields\":{\"text\":\"" + new string('x', length) + "\"}}]";

    internal static async Task<byte[]> MakeAsync(string json, RSA rsa)
    {
        using var stream = new MemoryStream();
        await Backup.FromJson(json).CopyToAsync(
            BackupDestination.ToStream(stream).EncryptedWith(BackupEncryptor.FromPem(rsa.ExportSubjectPublicKeyInfoPem())), Cancel);
        return stream.ToArray();
    }

    internal static async Task<string> ReadAsync(byte[] tarball, RSA rsa)
    {
        using var stream = new MemoryStream();
        await Backup.FromUtf8(tarball, "tarball").DecryptedWith(BackupDecryptor.FromPem(rsa.ExportPkcs8PrivateKeyPem()))
            .CopyToAsync(BackupDestination.ToStream(stream), Cancel);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static Dictionary<string, byte[]> Unpack(byte[] tarball)
    {
        var members = new Dictionary<string, byte[]>();
        using var reader = new TarReader(new MemoryStream(tarball));
        while (reader.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream!.CopyTo(content);
            members.Add(entry.Name, content.ToArray());
        }

        return members;
    }

    internal static byte[] Pack(params IEnumerable<(string Name, byte[] Content)> members) =>
        Pack([.. members.Select(member => new UstarTarEntry(TarEntryType.RegularFile, member.Name) { DataStream = new MemoryStream(member.Content) })]);

    internal static byte[] Pack(IReadOnlyList<TarEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }
}
