# Completion for bash; zsh takes it after `autoload bashcompinit && bashcompinit`.
# Written by the tests with NTSP_UPDATE_DOCS=1.
_ntsp() {
  local word=${COMP_WORDS[COMP_CWORD]} words=""
  case "${COMP_WORDS[COMP_CWORD - 1]}" in
    --stage) COMPREPLY=($(compgen -W "normalize archive" -- "$word")); return ;;
    --table) COMPREPLY=($(compgen -W "node interface address" -- "$word")); return ;;
    --dialect) COMPREPLY=($(compgen -W "mixed eda gnmic-event telegraf cisco-pipeline cisco-mdt gnmic-json gnmic-protojson yang-push" -- "$word")); return ;;
    --env-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --dir) COMPREPLY=($(compgen -d -- "$word")); return ;;
  esac
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "run demo normalize explain simulate check redrive verify schema config healthcheck --help --version" -- "$word"))
    return
  fi
  case "${COMP_WORDS[1]}" in
    run) words="--help --env-file --stage --from --to --table --partition" ;;
    demo) words="--help --env-file --seconds --dir --rate" ;;
    normalize) words="--help --env-file --received-at" ;;
    explain) words="--help --env-file --received-at --key --json" ;;
    simulate) words="--help --env-file --rate --count --seconds --nodes --interfaces --seed --bad --dialect --stdout" ;;
    check) words="--help --env-file --send-test-alert" ;;
    redrive) words="--help --env-file --kind --since --until --partition --offset --dry-run --from-start --rate --examples" ;;
    verify) words="--help --env-file --table --since --examples" ;;
    schema) words="--help --env-file --brokers --group --database --consumers --ttl-days" ;;
    config) words="--help --env-file" ;;
    healthcheck) words="--help --env-file" ;;
  esac
  case "${COMP_WORDS[1]} $word" in
    "schema "[!-]* | "schema ") COMPREPLY=($(compgen -W "clickhouse parquet json" -- "$word")) ;;
    "normalize "[!-]* | "normalize ") COMPREPLY=($(compgen -f -- "$word")) ;;
    "explain "[!-]* | "explain ") COMPREPLY=($(compgen -f -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
  esac
}
complete -F _ntsp ntsp
