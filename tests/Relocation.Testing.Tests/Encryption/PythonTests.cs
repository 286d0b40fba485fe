using Xunit;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Relocation.Testing.Tests.Encryption;

/// <summary>Tarballs go to and come from Python's <c>cryptography</c>, as Sentry makes and reads them.</summary>
public sealed class PythonTests : IDisposable
{
    private const string Opening =
        """
        import sys, tarfile
        from cryptography.fernet import Fernet
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import padding
        tar = tarfile.open(sys.argv[1])
        assert tar.getnames() == ["export.json", "data.key", "key.pub"], tar.getnames()
        private = serialization.load_pem_private_key(open(sys.argv[2], "rb").read(), password=None)
        public = private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        assert tar.extractfile("key.pub").read() == public
        key = private.decrypt(tar.extractfile("data.key").read(), padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))
        sys.stdout.buffer.write(Fernet(key).decrypt(tar.extractfile("export.json").read()))
        """;

    private const string Making =
        """
        import io, sys, tarfile
        from cryptography.fernet import Fernet
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import padding
        pem = open(sys.argv[2], "rb").read()
        key = Fernet.generate_key()
        public = serialization.load_pem_public_key(pem)
        members = {
            "export.json": Fernet(key).encrypt(sys.stdin.buffer.read()),
            "data.key": public.encrypt(key, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)),
            "key.pub": pem,
        }
        with tarfile.open(sys.argv[1], "w") as tar:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relocation-python-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task Tarball_of_ours_opens_in_Python(int length)
    {
        await RequireAsync();
        using var rsa = RSA.Create(2048);
        await File.WriteAllTextAsync(PathOf("private.pem"), rsa.ExportPkcs8PrivateKeyPem(), Cancel);
        await File.WriteAllTextAsync(PathOf("public.pem"), rsa.ExportSubjectPublicKeyInfoPem() + "\n", Cancel);

        await Backup.FromJson(Tarballs.Json(length)).CopyToAsync(
            BackupDestination.ToFile(PathOf("ours.tar")).EncryptedWith(BackupEncryptor.FromPemFile(PathOf("public.pem"))), Cancel);

        Assert.Equal(Tarballs.Json(length), await RunAsync(Opening, null, PathOf("ours.tar"), PathOf("private.pem")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task Tarball_of_Pythons_opens_here(int length)
    {
        await RequireAsync();
        using var rsa = RSA.Create(2048);
        await File.WriteAllTextAsync(PathOf("public.pem"), rsa.ExportSubjectPublicKeyInfoPem() + "\n", Cancel);

        await RunAsync(Making, Tarballs.Json(length), PathOf("theirs.tar"), PathOf("public.pem"));

        Assert.Equal(Tarballs.Json(length), await Tarballs.ReadAsync(await File.ReadAllBytesAsync(PathOf("theirs.tar"), Cancel), rsa));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Build servers install it (test.sh does); there a skipped test is a failure.</summary>
    private static async Task RequireAsync()
    {
        try
        {
            await RunAsync("import cryptography.fernet", null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"Python's cryptography is not installed (Debian: python3-cryptography; or ./test.sh --install): {exception.Message}");
        }
    }

    private static async Task<string> RunAsync(string program, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend(program).Prepend("-c"))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(await error);
    }
}
