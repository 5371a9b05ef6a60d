import globals from "globals";

export default [
    {ignores: ["**/static/lib/**", ".b2b/**", "node_modules/**"]},
    {
        files: ["addons/**/*.js", "tests/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly", luxon: "readonly"},
        },
        rules: {
            complexity: ["error", 16],
            "consistent-return": "error",
            curly: "error",
            eqeqeq: "error",
            "max-lines": ["error", 400],
            "no-alert": "error",
            "no-console": "error",
            "no-debugger": "error",
            "no-else-return": "error",
            "no-eval": "error",
            "no-shadow": "error",
            "no-undef": "error",
            "no-unused-vars": "error",
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
