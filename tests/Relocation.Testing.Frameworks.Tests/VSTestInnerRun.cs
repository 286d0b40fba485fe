namespace Relocation.Testing.Frameworks.Tests;

/// <summary>A run of an inner program of a framework that has no runner of its own.</summary>
public abstract class VSTestInnerRun(string framework, string version = "") : InnerRun(framework, version)
{
    /// <summary>In two runs with an artifacts folder each, which keeps the databases of ten tests: more fail on purpose.</summary>
    internal override async Task<TestRun> RunAsync(
        string folder, string assembly, IReadOnlyDictionary<string, string> variables, string results)
    {
        var most = await TestProgram.RunByVSTestAsync(folder, assembly, variables, results, "--TestCaseFilter:FullyQualifiedName!~Outliving");
        var others = new Dictionary<string, string>(variables) { ["RELOCATION_ARTIFACTS"] = Path.Combine(variables["RELOCATION_ARTIFACTS"], "others") };
        var rest = await TestProgram.RunByVSTestAsync(
            folder, assembly, others, Path.Combine(results, "others"), "--TestCaseFilter:FullyQualifiedName~Outliving");
        return most.And(rest);
    }
}
