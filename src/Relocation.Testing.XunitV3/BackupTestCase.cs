using Xunit.Sdk;
using Xunit.v3;

namespace Relocation.Testing.XunitV3;

/// <summary>A test with one backup on one engine.</summary>
internal sealed class BackupTestCase : XunitTestCase
{
    private BackupCase? _case;
    private string? _versions;

    /// <summary>Called to run a test case that was discovered before.</summary>
#pragma warning disable CS0618 // It is for deserialisation only, as this one is.
    public BackupTestCase()
    {
    }
#pragma warning restore CS0618

    internal BackupTestCase(
        BackupCase backupCase,
        Type? versions,
        bool approvedPerEngine,
        IXunitTestMethod testMethod,
        string displayName,
        string uniqueId,
        bool isExplicit,
        Type[]? skipExceptions,
        string? skipReason,
        Type? skipType,
        string? skipUnless,
        string? skipWhen,
        Dictionary<string, HashSet<string>> traits,
        string? sourceFile,
        int? sourceLine,
        int? timeout)
        : base(
            testMethod,
            displayName,
            uniqueId,
            isExplicit,
            skipExceptions,
            skipReason,
            skipType,
            skipUnless,
            skipWhen,
            traits,
            testMethodArguments: null,
            sourceFile,
            sourceLine,
            timeout)
    {
        _case = backupCase;
        _versions = versions?.AssemblyQualifiedName;
        ApprovedPerEngine = approvedPerEngine;
    }

    internal BackupCase Case => _case ?? throw new InvalidOperationException("The test case was not read.");

    internal bool ApprovedPerEngine { get; private set; }

    protected override void Serialize(IXunitSerializationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        base.Serialize(info);
        info.AddValue("backup", Case.Name);
        info.AddValue("path", Case.Path);
        info.AddValue("engine", Case.Engine.Name);
        info.AddValue("versions", _versions);
        info.AddValue("version", Case.Version?.Name);
        info.AddValue("approved-per-engine", ApprovedPerEngine);
    }

    protected override void Deserialize(IXunitSerializationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        base.Deserialize(info);
        _case = BackupCase.Restore(
            info.GetValue<string>("backup") ?? string.Empty,
            info.GetValue<string>("path") ?? string.Empty,
            info.GetValue<string>("engine") ?? string.Empty,
            _versions = info.GetValue<string>("versions"),
            info.GetValue<string>("version"));
        ApprovedPerEngine = info.GetValue<bool>("approved-per-engine");
    }
}
