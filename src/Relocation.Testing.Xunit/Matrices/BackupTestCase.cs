using Relocation.Testing.Xunit.Running;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Matrices;

/// <summary>A test with one backup on one engine.</summary>
internal sealed class BackupTestCase : DatabaseTestCase
{
    private BackupCase? _case;
    private string? _versions;

    /// <summary>Called to run a test case that was discovered before.</summary>
    public BackupTestCase()
    {
    }

    internal BackupTestCase(
        BackupCase backupCase,
        Type? versions,
        bool approvedPerEngine,
        IMessageSink diagnostics,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod testMethod)
        : base(diagnostics, display, displayOptions, testMethod, arguments: null)
    {
        _case = backupCase;
        _versions = versions?.AssemblyQualifiedName;
        ApprovedPerEngine = approvedPerEngine;
    }

    internal BackupCase Case => _case ?? throw new InvalidOperationException("The test case was not read.");

    internal bool ApprovedPerEngine { get; private set; }

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue("backup", Case.Name);
        data.AddValue("path", Case.Path);
        data.AddValue("engine", Case.Engine.Name);
        data.AddValue("versions", _versions);
        data.AddValue("version", Case.Version?.Name);
        data.AddValue("approved-per-engine", ApprovedPerEngine);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        _case = BackupCase.Restore(
            data.GetValue<string>("backup"),
            data.GetValue<string>("path"),
            data.GetValue<string>("engine"),
            _versions = data.GetValue<string?>("versions"),
            data.GetValue<string?>("version"));
        ApprovedPerEngine = data.GetValue<bool>("approved-per-engine");
        base.Deserialize(data);
    }

    protected override void Initialize()
    {
        base.Initialize();
        foreach (var (name, value) in Case.Traits())
        {
            Traits[name] = [value];
        }
    }

    protected override string GetDisplayName(IAttributeInfo factAttribute, string displayName) =>
        $"{base.GetDisplayName(factAttribute, displayName)}({Case})";

    protected override string GetUniqueID() => $"{base.GetUniqueID()} {Case}";
}
